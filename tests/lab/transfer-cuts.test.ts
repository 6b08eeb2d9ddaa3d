// An upload whose link is cut again and again, at bytes of chance: each time the next one goes on, and in the end what is
// there is what was sent.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { seededBytes } from '../../scripts/lab/artifacts/seeded-bytes.ts'
import { type Artifact, artifactFileName, chunkBytes } from '../../shared/domain/artifact.ts'
import type { ByteSource } from '../../shared/domain/connection.ts'
import { remoteArtifacts, remoteStaging } from '../../shared/domain/remote-layout.ts'
import { bareAppliance, canRunLab, inside, type LabAppliance, lab, labNeeds } from '../support/lab.ts'
import { dialLab } from '../support/lab-connection.ts'
import { needs } from '../support/needs.ts'
import { chanceOf, count, isFullSweep, ofSeed } from '../support/sweep.ts'

const mebibyte = 1024 * 1024
const bytes = 150 * mebibyte + 4321
/** In full a thousand cuts. */
const [uploads, cutsEach] = isFullSweep ? [40, 25] : [1, 10]

describe(`an upload that is cut off ${ofSeed}`, () => {
  let appliance: LabAppliance

  beforeAll(async () => {
    if (canRunLab) appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(async () => {
    if (canRunLab) await lab('fault', appliance.name, 'uncut')
  })

  it.each(Array.from({ length: uploads }, (_, number) => number))(
    `number %d, ${cutsEach} times`,
    async (number) => {
      const content = seededBytes(`upload ${number} ${ofSeed}`).take(bytes)
      const artifact = artifactOf(content)
      const chance = chanceOf(`cuts of upload ${number}`)
      let [sent, cuts] = [0, 0]
      while (cuts < cutsEach) {
        const silently = chance.below(100) === 0 ? ['silently'] : []
        await lab('fault', appliance.name, 'cut', 'after', String(chance.logarithmic(500, bytes / 8)), ...silently)
        const tried = await upload(artifact, content)
        await lab('fault', appliance.name, 'uncut')
        sent += tried.sentBytes
        if (tried.failure === undefined) break
        expect(['link-lost', 'host-unreachable', 'deadline-passed']).toContain(tried.failure)
        cuts += 1
      }
      count('cuts of an upload', cuts)
      const last = await upload(artifact, content)
      expect(last.failure).toBeUndefined()
      sent += last.sentBytes
      expect(sent).toBeLessThanOrEqual(bytes + cuts * chunkBytes)
      const place = `${remoteArtifacts}/${artifactFileName(artifact.sha256)}`
      expect(await inside(appliance, 'sha256sum', place)).toBe(`${artifact.sha256}  ${place}\n`)
      expect(await inside(appliance, 'find', remoteStaging, '-type', 'f')).toBe('')
      await inside(appliance, 'rm', place)
    },
    isFullSweep ? 600_000 : 120_000,
  )

  async function upload(artifact: Artifact, content: Buffer): Promise<{ sentBytes: number; failure?: string }> {
    const connection = await dialLab(appliance)
    if (!connection.ok) return { sentBytes: 0, failure: connection.failure.kind }
    const source: ByteSource = {
      async *read(offset, length) {
        for (let at = offset; at < offset + length; at += mebibyte) {
          yield content.subarray(at, Math.min(at + mebibyte, offset + length))
        }
      },
    }
    let sentBytes = 0
    const onProgress = (progress: { sentBytes: number }) => {
      sentBytes = progress.sentBytes
    }
    const put = await connection.value.put(artifact, source, { onProgress })
    await connection.value.close()
    return { sentBytes, ...(put.ok ? {} : { failure: put.failure.kind }) }
  }
})

function artifactOf(content: Buffer): Artifact {
  const sha256 = (part: Buffer) => createHash('sha256').update(part).digest('hex')
  const chunks: string[] = []
  for (let at = 0; at < content.length; at += chunkBytes) chunks.push(sha256(content.subarray(at, at + chunkBytes)))
  return { kind: 'file', id: 'cut-off', sha256: sha256(content), bytes: content.length, chunks }
}
