// A model as it lies in a folder: its shape and what its files weigh, or what is wrong with it.
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readModel } from '../../../../main/catalog/read-model.ts'
import { ggufCases, headerOf } from '../../../support/gguf-cases.ts'
import { configText, shapeNamed } from '../../../support/model-cases.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const [one, two] = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const
const weights = [one, two, 'consolidated.safetensors', 'model.safetensors.index.json']
const [gguf] = ggufCases
if (gguf === undefined) throw new Error('there is a header')

/** One tensor of so many bytes. */
function safetensors(bytes: number): Buffer {
  const header = Buffer.from(JSON.stringify({ w: { dtype: 'U8', shape: [bytes], data_offsets: [0, bytes] } }))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, Buffer.alloc(bytes)])
}

function split(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'config.json'), configText('qwen3-8b'))
  writeFileSync(join(folder, one), safetensors(1000))
  writeFileSync(join(folder, two), safetensors(500))
  const index = { metadata: { total_size: 1500 }, weight_map: { a: one, b: two } }
  writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(index))
  // The same weights once more, as one vendor lays them beside; no part of the index.
  writeFileSync(join(folder, 'consolidated.safetensors'), safetensors(1500))
  return folder
}

const refused = (path: string, problem: RegExp) =>
  expect(readModel(path)).toMatchObject({
    ok: false,
    failure: { kind: 'bundle-unusable', problem: expect.stringMatching(problem) },
  })

describe('a folder with config.json', () => {
  it('weighs what the files of its index weigh', () => {
    const sizes = [safetensors(1000).length, safetensors(500).length] as const
    expect(readModel(split())).toEqual({
      ok: true,
      value: {
        shape: shapeNamed('qwen3-8b'),
        weightsBytes: sizes[0] + sizes[1],
        files: [
          { name: one, bytes: sizes[0] },
          { name: two, bytes: sizes[1] },
        ],
      },
    })
  })

  it('without an index has the one file of the usual name, or all', () => {
    const folder = split()
    rmSync(join(folder, 'model.safetensors.index.json'))
    expect(readModel(folder)).toMatchObject({ value: { files: { length: 3 } } })
    writeFileSync(join(folder, 'model.safetensors'), safetensors(7))
    expect(readModel(folder)).toMatchObject({ value: { files: [{ name: 'model.safetensors' }] } })
  })

  it.each<[string, (folder: string) => void, RegExp]>([
    ['without one of its files', (f) => rmSync(join(f, two)), /model-00002-of-00002\.safetensors: it is missing/],
    ['with a file that broke off', (f) => truncateSync(join(f, two), 400), /: it has 400 bytes instead of 5\d\d/],
    ['with a file cut in its header', (f) => truncateSync(join(f, two), 20), /: it ends within its header/],
    ['with an empty file', (f) => truncateSync(join(f, two), 0), /: it is shorter than the length of its header/],
    ['with a file that is none', (f) => writeFileSync(join(f, two), 'x'.repeat(100)), /longer than there may be/],
    [
      'whose index is no JSON',
      (f) => writeFileSync(join(f, 'model.safetensors.index.json'), '{'),
      /index\.json: the index/,
    ],
    ['whose config says nothing', (f) => writeFileSync(join(f, 'config.json'), '{}'), /model_type is missing/],
    ['that is not there', (f) => rmSync(f, { recursive: true }), /no such folder/],
    [
      'without weights',
      (f) => {
        for (const name of weights) rmSync(join(f, name))
      },
      /no \*\.safetensors/,
    ],
  ])('%s is refused, and the file is named', (_name, damage, problem) => {
    const folder = split()
    damage(folder)
    refused(folder, problem)
  })

  it.skipIf(process.platform === 'win32')('whose files are links or folders is refused', () => {
    for (const name of ['config.json', two]) {
      const linked = split()
      symlinkSync(join(linked, one), join(linked, 'elsewhere'))
      rmSync(join(linked, name))
      symlinkSync(join(linked, 'elsewhere'), join(linked, name))
      refused(linked, /: it is a symbolic link/)
      rmSync(join(linked, name))
      mkdirSync(join(linked, name))
      refused(linked, /: it is a folder/)
    }
  })
})

describe('a GGUF file', () => {
  it('is a model, by its own name or by that of its folder', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'q.gguf')
    writeFileSync(file, headerOf(gguf))
    truncateSync(file, 5_000_000)
    const read = { ok: true, value: { shape: gguf.shape, weightsBytes: 5_000_000, files: [{ name: 'q.gguf' }] } }
    expect(readModel(file)).toMatchObject(read)
    expect(readModel(folder)).toMatchObject(read)
    writeFileSync(join(folder, 'r.gguf'), headerOf(gguf))
    refused(folder, /several models/)
    expect(readModel(file)).toMatchObject(read)
  })

  it('is read as far as its vocabulary goes, and no further than it says', () => {
    const file = join(temporaryFolder(), 'q.gguf')
    const tokens = Array.from({ length: 150_000 }, (_, at) => `a longer token ${at}`)
    writeFileSync(file, headerOf({ ...gguf, tokens }))
    expect(readModel(file)).toMatchObject({ ok: true, value: { shape: gguf.shape } })
    truncateSync(file, 2_000_000)
    refused(file, /q\.gguf: it ends within its header/)
    truncateSync(file, 3)
    refused(file, /q\.gguf: it ends within its header/)
  })

  it('that was split weighs what all its parts weigh', () => {
    const folder = temporaryFolder()
    const part = (at: number) => join(folder, `q-0000${at}-of-00003.gguf`)
    writeFileSync(part(1), headerOf(gguf, 3))
    for (const at of [2, 3]) writeFileSync(part(at), 'x'.repeat(at * 10))
    const weightsBytes = headerOf(gguf, 3).length + 50
    expect(readModel(part(1))).toMatchObject({ ok: true, value: { weightsBytes } })
    expect(readModel(folder)).toMatchObject({ ok: true, value: { weightsBytes } })
    refused(part(2), /does not begin like a GGUF file/)
    rmSync(part(3))
    refused(part(1), /q-00003-of-00003\.gguf: it is missing/)
    writeFileSync(join(folder, 'r.gguf'), headerOf(gguf, 3))
    refused(join(folder, 'r.gguf'), /not the first of 3 files/)
  })

  it('that is not there, or nothing of the kind, is refused', () => {
    const folder = temporaryFolder()
    refused(folder, /neither a config\.json nor a \.gguf/)
    refused(join(folder, 'q.gguf'), /q\.gguf: it is missing/)
    writeFileSync(join(folder, 'q.gguf'), Buffer.alloc(3_000_000, 'GGUF'))
    refused(join(folder, 'q.gguf'), /version \d+ of GGUF is not known/)
  })
})
