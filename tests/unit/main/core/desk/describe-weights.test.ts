// A folder of safetensors as a bundle gets it: what lies there is what is listed, in artifacts that a bundle is opened with.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBundle } from '../../../../../main/catalog/bundle.ts'
import { readWeightsFolder } from '../../../../../main/catalog/weights-folder.ts'
import { describeWeights } from '../../../../../main/core/desk/describe-weights.ts'
import { writeTinySafetensors } from '../../../../../scripts/lab/model-folder/tiny-safetensors.ts'
import { artifactFileName, chunkBytes, digestList } from '../../../../../shared/domain/artifact.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

/** With as much as that in its first file of weights. */
async function modelOf(firstMib: number): Promise<string> {
  const folder = temporaryFolder()
  await writeTinySafetensors(folder, 1, firstMib)
  return folder
}

const sum = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')

async function changed(change: (folder: string) => void): Promise<string> {
  const folder = await modelOf(1)
  change(folder)
  return folder
}

async function described(folder: string) {
  const made = await describeWeights('ward', folder)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

describe('a folder of safetensors', () => {
  it('is an artifact for each of its files, in pieces, and one that lists them', async () => {
    const { files, list } = await described(await modelOf(70))
    const { artifact } = list
    if (artifact.kind !== 'weights' || artifact.weights.format !== 'safetensors') throw new Error(artifact.kind)
    expect(sum(list.text)).toBe(artifact.sha256)
    expect(list.text).toContain('  assets/licences/notice.json\n')
    expect(artifact.weights).toMatchObject({ shape: { architecture: 'llama', layers: 3 }, files: { length: 9 } })
    expect(artifact.weights.bytes).toBe(files.reduce((all, one) => all + one.artifact.bytes, 0))
    for (const one of files) expect(sum(readFileSync(one.file))).toBe(one.artifact.sha256)
    const big = files.find((one) => one.artifact.bytes > chunkBytes)
    const bytes = readFileSync(big?.file ?? '')
    expect(big?.artifact.chunks).toEqual([sum(bytes.subarray(0, chunkBytes)), sum(bytes.subarray(chunkBytes))])
    const artifacts = [...files.map((one) => one.artifact), artifact]
    expect(digestList.safeParse({ format: 1, artifacts }).success).toBe(true)
  })

  it('has no hidden files, and no weights beside those of its index', async () => {
    const folder = await changed((at) => {
      mkdirSync(join(at, '.cache'))
      writeFileSync(join(at, '.cache/lock'), 'x')
      cpSync(join(at, 'model-00002-of-00003.safetensors'), join(at, 'consolidated.safetensors'))
      writeFileSync(join(at, 'copy.json'), readFileSync(join(at, 'config.json')))
    })
    const { files, list } = await described(folder)
    expect(list.text).toContain('  copy.json\n')
    expect(list.text).not.toMatch(/consolidated|cache/)
    // What is the same is one artifact.
    expect(files).toHaveLength(9)
  })

  it.each<[string, (folder: string) => void, RegExp]>([
    ['without a config.json', (at) => rmSync(join(at, 'config.json')), /neither a config\.json/],
    ['that lacks weights of its index', (at) => rmSync(join(at, 'model-00002-of-00003.safetensors')), /00002.*missing/],
    [
      'with a link',
      (at) => symlinkSync('/etc/passwd', join(at, 'assets/link')),
      /^assets\/link: it is a symbolic link/,
    ],
    ['with a linked folder', (at) => symlinkSync('/etc', join(at, 'etc')), /^etc: it is a symbolic link/],
    ['with a name that no such file has', (at) => writeFileSync(join(at, 'assets/a b'), 'x'), /^assets\/a b: no name/],
    ['with an empty file', (at) => writeFileSync(join(at, 'assets/empty.py'), ''), /^assets\/empty\.py: it is empty/],
  ])('%s is refused, and the file is named', async (_what, change, problem) => {
    const folder = await changed(change)
    const failure = { kind: 'bundle-unusable', folder, problem: expect.stringMatching(problem) }
    expect(await describeWeights('ward', folder)).toEqual({ ok: false, failure })
    expect(readWeightsFolder(folder)).toEqual({ ok: false, failure })
  })
})

describe('a bundle with such a folder', () => {
  const bundle = async (changeList: (text: string) => string = (text) => text) => {
    const { files, list } = await described(await modelOf(1))
    const folder = wholeBundle()
    const digests = JSON.parse(readFileSync(join(folder, 'digests.json'), 'utf8'))
    const artifacts = [...files.map((one) => one.artifact), list.artifact]
    const text = JSON.stringify({ ...digests, artifacts: [...digests.artifacts, ...artifacts] })
    writeFileSync(join(folder, 'digests.json'), changeList(text))
    const place = (sha256: string) => join(folder, 'artifacts', artifactFileName(sha256))
    for (const one of files) cpSync(one.file, place(one.artifact.sha256))
    writeFileSync(place(list.artifact.sha256), list.text)
    return { folder, opened: openBundle(folder) }
  }

  it('is opened', async () => {
    expect((await bundle()).opened).toMatchObject({ ok: true })
  })

  it('is refused where its list is that of another folder', async () => {
    // As long as the right one, and every file in the list.
    const { opened } = await bundle((text) => text.replace('"path":"tokenizer.json"', '"path":"tokenizes.json"'))
    expect(opened).toMatchObject({
      ok: false,
      failure: { problem: expect.stringMatching(/ward is not the sha256 of the list of its files/) },
    })
  })

  it('is refused where a path leads out of it, whatever else is right', async () => {
    const { opened } = await bundle((text) => text.replace('"path":"config.json"', '"path":"../../x.json"'))
    expect(opened).toMatchObject({ ok: false, failure: { problem: expect.stringMatching(/no path below a folder/) } })
  })
})
