// The demo's bundle on a disk: the catalog opens it as any other, its digests are those of its bytes, and it is made
// once.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { byteSourceOf, openBundle } from '../../../../../main/catalog/bundle.ts'
import { sharedReading } from '../../../../../main/catalog/shared-reading.ts'
import { demoEntries } from '../../../../../main/demo/bundle/entries.ts'
import { writeDemoBundle } from '../../../../../main/demo/bundle/write-bundle.ts'
import { artifactFileName, chunkBytes } from '../../../../../shared/domain/artifact.ts'
import { demoPublisher } from '../../../../../shared/domain/demo.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

let place: string
let folder: string
beforeEach(() => {
  place = temporaryFolder()
  folder = join(place, 'demo', 'bundle')
})

async function opened() {
  await writeDemoBundle(folder)
  const bundle = openBundle(folder)
  if (!bundle.ok) throw new Error(JSON.stringify(bundle.failure))
  return bundle.value
}

const fileOf = (sha256: string) => join(folder, 'artifacts', artifactFileName(sha256))

describe('the bundle of the demo', () => {
  it('opens with every entry, of the publisher that marks it', async () => {
    const { header, entries, artifacts } = await opened()
    expect(header).toMatchObject({ publisher: { id: demoPublisher } })
    const names = (list: readonly { kind: string; id: string }[]) => list.map((one) => `${one.kind} ${one.id}`).sort()
    expect(names(entries)).toEqual(names(demoEntries))
    expect(artifacts).toHaveLength(4)
    expect(readdirSync(join(place, 'demo'))).toEqual(['bundle'])
  })

  it('has the digests of its bytes, whole and chunk by chunk', async () => {
    const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
    const byLength = (await opened()).artifacts.toSorted((a, b) => a.bytes - b.bytes)
    // The shortest and the longest, which has a second chunk: hashing takes its time.
    for (const { bytes, sha256, chunks } of [...byLength.slice(0, 1), ...byLength.slice(-1)]) {
      const content = readFileSync(fileOf(sha256))
      const starts = Array.from({ length: Math.ceil(bytes / chunkBytes) }, (_, at) => at * chunkBytes)
      expect(chunks).toEqual(starts.map((start) => digest(content.subarray(start, start + chunkBytes))))
      // The one chunk of a small file is the whole of it.
      expect(sha256).toBe(starts.length === 1 ? chunks[0] : digest(content))
    }
  })

  it('says at the beginning of each artifact what it is, and takes no room for the rest', async () => {
    const bundle = await opened()
    for (const artifact of bundle.artifacts) {
      const file = fileOf(artifact.sha256)
      let opening = ''
      for await (const piece of byteSourceOf(folder, artifact, sharedReading()).read(0, 200))
        opening += Buffer.from(piece).toString()
      expect(opening).toMatch(new RegExp(`^Rackside demo: .*${artifact.id}`))
      // Blocks of 512 bytes: 0 on Windows, which counts none.
      expect(statSync(file).blocks * 512).toBeLessThan(artifact.bytes / 8)
    }
  })

  it('names images that no engine has: each its own, for the platform of the machines', async () => {
    const images = (await opened()).artifacts.flatMap((one) => (one.kind === 'image' ? [one.image] : []))
    expect(new Set(images.flatMap((one) => [one.configDigest, one.manifestDigest])).size).toBe(2 * images.length)
    for (const image of images) expect(image.platform).toEqual({ os: 'linux', architecture: 'amd64' })
  })
})

describe('writing it again', () => {
  const artifactFile = (at: number) => join(folder, 'artifacts', readdirSync(join(folder, 'artifacts'))[at] ?? '')

  it('leaves a whole one alone', async () => {
    await opened()
    const before = statSync(folder).ino
    await opened()
    expect(statSync(folder).ino).toBe(before)
  })

  it.each([
    ['an artifact is missing', () => rmSync(artifactFile(0))],
    ['an artifact was cut short', () => truncateSync(artifactFile(1), 5)],
    ['its digest list is damaged', () => writeFileSync(join(folder, 'digests.json'), '{')],
    ['it was made of something else', () => writeFileSync(join(folder, 'recipe.sha256'), 'older\n')],
  ])('makes it anew where %s', async (_what, damage) => {
    await opened()
    damage()
    expect((await opened()).artifacts).toHaveLength(4)
    expect(readdirSync(join(place, 'demo'))).toEqual(['bundle'])
  })

  it('twice at the same time ends with one whole bundle', async () => {
    await Promise.all([writeDemoBundle(folder), writeDemoBundle(folder)])
    expect(openBundle(folder).ok).toBe(true)
    expect(readdirSync(join(place, 'demo'))).toEqual(['bundle'])
  })

  it('fails where nothing can be written', async () => {
    writeFileSync(join(place, 'demo'), 'a file')
    await expect(writeDemoBundle(folder)).rejects.toThrow()
  })
})
