// An offline folder: opened when it is whole, refused with what is missing when it is not.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { byteSourceOf, openBundle } from '../../../../main/catalog/bundle.ts'
import { sharedReading } from '../../../../main/catalog/shared-reading.ts'
import { evidence, failure } from '../../../../shared/domain/failure.ts'
import { wardCatalog } from '../../../support/plan-cases.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { artifactFileOf as fileOf, wholeBundle } from '../../../support/whole-bundle.ts'

const { artifacts } = wardCatalog()
const driverFixture = fileURLToPath(
  new URL('../../../fixtures/catalog/lint/across/packages/driver.yaml', import.meta.url),
)

const ownCatalog = fileURLToPath(new URL('../../../../resources/catalog', import.meta.url))

const rewrite = (file: string, change: (text: string) => string) =>
  writeFileSync(file, change(readFileSync(file, 'utf8')))

/** What is done to a whole bundle, and what opening it says then. */
const damages: [name: string, damage: (folder: string) => void, problem: RegExp][] = [
  ['that is not there', (f) => rmSync(f, { recursive: true }), /no such folder/],
  ['without its header', (f) => rmSync(join(f, 'bundle.json')), /bundle\.json.*missing/],
  ['without its digest list', (f) => rmSync(join(f, 'digests.json')), /digests\.json.*missing/],
  ['without its catalog', (f) => rmSync(join(f, 'catalog'), { recursive: true }), /catalog.*missing/],
  ['without an artifact', (f) => rmSync(join(f, fileOf('qwen3-8b-q4'))), /qwen3-8b-q4.*missing/],
  [
    'with an artifact cut short',
    (f) => truncateSync(join(f, fileOf('note-helper-arm64')), 5),
    /note-helper-arm64.*has 5 bytes instead of 131000000/,
  ],
  [
    'with an artifact that is too long',
    (f) => truncateSync(join(f, fileOf('note-helper-arm64')), 131_000_001),
    /131000001 bytes instead of 131000000/,
  ],
  ['whose header is not JSON', (f) => writeFileSync(join(f, 'bundle.json'), '{'), /bundle\.json/],
  [
    'whose header has a field too many',
    (f) => rewrite(join(f, 'bundle.json'), (t) => t.replace('{', '{"run":"x",')),
    /bundle\.json.*run/s,
  ],
  [
    'of a newer format',
    (f) => rewrite(join(f, 'bundle.json'), (t) => t.replace('"format": 1', '"format": 2')),
    /bundle\.json.*format/s,
  ],
  [
    'whose digest list names a path',
    (f) => rewrite(join(f, 'digests.json'), (t) => t.replace(/"sha256":"[0-9a-f]{64}"/, '"sha256":"../../etc/shadow"')),
    /digests\.json.*sha256/s,
  ],
  [
    'whose digest list has a chunk too few',
    (f) => rewrite(join(f, 'digests.json'), (t) => t.replace(/"chunks":\["[0-9a-f]{64}",/, '"chunks":[')),
    /digests\.json.*chunk/s,
  ],
  [
    'whose digest list is enormous',
    (f) => truncateSync(join(f, 'digests.json'), 17 * 1024 * 1024),
    /digests\.json.*too large/,
  ],
]

const pipe = (file: string): void => {
  rmSync(file, { force: true })
  execFileSync('mkfifo', [file])
}
/** The same content, but by a link to somewhere else. */
const link = (path: string): void => {
  renameSync(path, `${path}.elsewhere`)
  symlinkSync(`${path}.elsewhere`, path)
}
const anArtifact = fileOf('note-helper-arm64')

/** Files that are none, wherever one is read. */
const specials: [name: string, damage: (folder: string) => void, problem: RegExp][] = [
  ['whose header is a pipe', (f) => pipe(join(f, 'bundle.json')), /^bundle\.json: it is not a regular file/],
  ['whose digest list is a pipe', (f) => pipe(join(f, 'digests.json')), /^digests\.json: it is not a regular file/],
  [
    'whose entry is a pipe',
    (f) => pipe(join(f, 'catalog/models/qwen3-8b.yaml')),
    /^catalog\/models\/qwen3-8b\.yaml: it is/,
  ],
  ['whose artifact is a pipe', (f) => pipe(join(f, anArtifact)), /note-helper-arm64\): it is not a regular file/],
  ['whose header is a link', (f) => link(join(f, 'bundle.json')), /^bundle\.json: it is a symbolic link/],
  ['whose digest list is a link', (f) => link(join(f, 'digests.json')), /^digests\.json: it is a symbolic link/],
  [
    'whose entry is a link',
    (f) => link(join(f, 'catalog/models/qwen3-8b.yaml')),
    /qwen3-8b\.yaml: it is a symbolic link/,
  ],
  ['whose artifact is a link', (f) => link(join(f, anArtifact)), /note-helper-arm64\): it is a symbolic link/],
  [
    'with a linked folder of entries',
    (f) => link(join(f, 'catalog/models')),
    /^catalog\/models: it is a symbolic link/,
  ],
  ['whose catalog is a link', (f) => link(join(f, 'catalog')), /^catalog: it is not a folder/],
  ['whose artifacts are a link', (f) => link(join(f, 'artifacts')), /^artifacts: it is not a folder/],
  [
    'whose header is a folder',
    (f) => {
      rmSync(join(f, 'bundle.json'))
      mkdirSync(join(f, 'bundle.json'))
    },
    /it is a folder/,
  ],
]

const textOf = (folder: string, name: string) => readFileSync(join(folder, 'catalog', name), 'utf8')

describe('a bundle', () => {
  it.each(specials)('%s is refused without waiting, and the file is named', (_name, damage, problem) => {
    const folder = wholeBundle()
    damage(folder)
    expect(openBundle(folder)).toMatchObject({
      ok: false,
      failure: { kind: 'bundle-unusable', folder, problem: expect.stringMatching(problem) },
    })
  })

  it('is refused in words that are safe to show, however it and its files are named', () => {
    const folder = join(temporaryFolder(), `\u001b[2J${'deep/'.repeat(200)}`)
    const outside = openBundle(folder)
    const inner = wholeBundle()
    symlinkSync('/nowhere', join(inner, `catalog/\u001b[2J\u202e${'x'.repeat(200)}.yaml`))
    const entryFile = wholeBundle()
    writeFileSync(join(entryFile, 'catalog/\u001b]0;x\u0007.yaml'), 'kind: "\u202e')
    for (const refused of [outside, openBundle(inner), openBundle(entryFile)]) {
      if (refused.ok) throw new Error('it was taken')
      expect(failure.parse(refused.failure)).toEqual(refused.failure)
      for (const text of Object.values(refused.failure)) {
        expect(String(text)).toBe(evidence(String(text)))
        expect(String(text).length).toBeLessThanOrEqual(500)
      }
    }
  })

  it('that is whole is opened with its entries and artifacts', () => {
    const folder = wholeBundle()
    const opened = openBundle(folder)
    expect(opened).toMatchObject({ ok: true, value: { folder, header: { name: 'ward' }, artifacts } })
    expect(opened.ok && opened.value.entries.map((e) => e.kind).sort()).toEqual(['app', 'model', 'runtime', 'solution'])
  })

  it('that brings few of the bytes that its catalog names is opened with all entries', () => {
    const folder = wholeBundle()
    cpSync(ownCatalog, join(folder, 'catalog'), { recursive: true })
    const opened = openBundle(folder)
    expect(opened.ok && opened.value.entries.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['antangelmed', 'vllm-ascend', 'three-models', 'ward']),
    )
  })

  it.each(damages)('%s is refused, and the problem is named', (_name, damage, problem) => {
    const folder = wholeBundle()
    damage(folder)
    expect(openBundle(folder)).toMatchObject({
      ok: false,
      failure: { kind: 'bundle-unusable', problem: expect.stringMatching(problem) },
    })
  })

  it('that is a file is none', () => {
    const folder = wholeBundle()
    expect(openBundle(join(folder, 'bundle.json'))).toMatchObject({ ok: false, failure: { kind: 'bundle-unusable' } })
  })

  it('with a bad entry names its file and line', () => {
    const folder = wholeBundle()
    rewrite(join(folder, 'catalog/models/qwen3-8b.yaml'), (text) => text.replace('parallel: 2', 'parallel: many'))
    expect(openBundle(folder)).toMatchObject({
      ok: false,
      failure: {
        kind: 'catalog-invalid',
        file: 'models/qwen3-8b.yaml',
        line: 10,
        problem: expect.stringContaining('parallel'),
      },
    })
  })

  it('with an enormous entry refuses it unread', () => {
    const folder = wholeBundle()
    truncateSync(join(folder, 'catalog/models/qwen3-8b.yaml'), 3 * 1024 ** 3)
    expect(openBundle(folder)).toMatchObject({
      ok: false,
      failure: { kind: 'catalog-invalid', file: 'models/qwen3-8b.yaml', problem: expect.stringContaining('large') },
    })
  })

  it('with one entry twice names the second', () => {
    const folder = wholeBundle()
    cpSync(join(folder, 'catalog/models/qwen3-8b.yaml'), join(folder, 'catalog/models/z.yaml'))
    expect(openBundle(folder)).toMatchObject({
      ok: false,
      failure: { kind: 'catalog-invalid', file: 'models/z.yaml', problem: expect.stringContaining('twice') },
    })
  })

  it('with a vendor that nobody reads is refused, not passed over', () => {
    const folder = wholeBundle()
    const names = readdirSync(join(folder, 'catalog'), { recursive: true, encoding: 'utf8' })
    const file = names.find((name) => name.endsWith('.yaml') && textOf(folder, name).includes('vendor: nvidia')) ?? ''
    writeFileSync(join(folder, 'catalog', file), textOf(folder, file).replace('vendor: nvidia', 'vendor: nvidai'))
    expect(openBundle(folder)).toMatchObject({
      ok: false,
      failure: { kind: 'catalog-invalid', file, problem: expect.stringContaining('nvidai') },
    })
  })

  it('with a package for a vendor that nobody reads is refused as well', () => {
    const folder = wholeBundle()
    cpSync(driverFixture, join(folder, 'catalog', 'driver.yaml'))
    expect(openBundle(folder)).toMatchObject({
      ok: false,
      failure: { kind: 'catalog-invalid', file: 'driver.yaml', problem: expect.stringContaining('"nobody"') },
    })
  })

  it('follows no link out of its catalog', () => {
    const folder = wholeBundle()
    const outside = join(temporaryFolder(), 'outside.yaml')
    writeFileSync(outside, 'kind: nothing\n')
    symlinkSync(outside, join(folder, 'catalog/models/link.yaml'))
    expect(openBundle(folder)).toMatchObject({
      ok: false,
      failure: { kind: 'bundle-unusable', problem: expect.stringContaining('models/link.yaml') },
    })
  })
})

describe('the bytes of an artifact', () => {
  it('come from any place in the file, no more than asked for', async () => {
    const folder = wholeBundle()
    const [artifact] = artifacts
    if (artifact === undefined) throw new Error('the fixture lost its artifacts')
    writeFileSync(join(folder, fileOf(artifact.id)), 'abcdefghij')
    let source = byteSourceOf(folder, artifact, sharedReading())
    const read = async (offset: number, length: number) => {
      source = byteSourceOf(folder, artifact, sharedReading())
      let text = ''
      for await (const bytes of source.read(offset, length)) text += Buffer.from(bytes).toString()
      return text
    }
    const problem = () => (source.problem?.() as { problem: string } | undefined)?.problem
    expect(await read(0, 3)).toBe('abc')
    expect(await read(7, 3)).toBe('hij')
    expect(problem()).toBeUndefined()
    await expect(read(8, 100)).rejects.toThrow('it has become shorter')
    expect(source.problem?.()).toMatchObject({ kind: 'bundle-unusable', folder })
    expect(problem()).toContain(`(${artifact.id}): it has become shorter`)
    link(join(folder, fileOf(artifact.id)))
    await expect(read(0, 3)).rejects.toThrow(/ELOOP/)
    rmSync(join(folder, fileOf(artifact.id)))
    await expect(read(0, 3)).rejects.toThrow(/ENOENT/)
    expect(problem()).toContain(`(${artifact.id}): it is missing`)
    pipe(join(folder, fileOf(artifact.id)))
    await expect(read(0, 3)).rejects.toThrow(/not a regular file/)
  })
})
