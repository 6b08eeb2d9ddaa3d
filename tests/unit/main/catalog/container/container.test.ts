// A bundle as one file or as parts: what is written is read again, and what is lost or damaged is named by its file.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { headBytes, magic, prefixBytes } from '../../../../../main/catalog/container/form.ts'
import { openContainer } from '../../../../../main/catalog/container/open-container.ts'
import { payloadOf } from '../../../../../main/catalog/container/read-payload.ts'
import { verifyContainer, verifyFolder } from '../../../../../main/catalog/container/verify-bundle.ts'
import { artifactFileName } from '../../../../../shared/domain/artifact.ts'
import { flipByte, forgeHead, madeBundle, seededBytes, writtenParts } from '../../../../support/container-cases.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const small = () => madeBundle({ engine: seededBytes('engine', 90_000), model: seededBytes('model', 200_000) })

async function opened(files: readonly string[]) {
  const container = await openContainer(files)
  if (!container.ok) throw new Error(JSON.stringify(container.failure))
  return container.value
}

const problemsOf = async (files: readonly string[]) =>
  (await verifyContainer(await opened(files))).map(({ file, problem }) => `${file} ${problem}`)

describe('a bundle in one file', () => {
  it('holds its documents and the bytes of its artifacts, and says so from its beginning', async () => {
    const made = small()
    const [file = '', ...others] = await writtenParts(made)
    expect([basename(file), others]).toEqual(['ward.rsb', []])
    const container = await opened([file])
    expect(container.header.name).toBe('ward')
    expect([...container.documents]).toEqual([...made.documents])
    const payload = payloadOf(container)
    for (const { artifact, offset } of container.carried) {
      const bytes = Buffer.alloc(artifact.bytes)
      expect(await payload.read(offset, bytes)).toMatchObject({ lost: [] })
      expect(bytes.equals(made.files.find((one) => one.artifact.id === artifact.id)?.bytes ?? Buffer.alloc(0))).toBe(
        true,
      )
    }
    await payload.close()
    expect(await verifyContainer(container)).toEqual([])
  })

  it('is opened by its beginning alone, and everything behind it is then missed', async () => {
    const [file = ''] = await writtenParts(small())
    const container = await opened([file])
    const [first] = container.carried
    const payloadAt = container.parts.get(1)?.[0]?.payloadAt ?? 0
    truncateSync(file, payloadAt + (first?.offset ?? 0))
    expect((await opened([file])).artifacts).toHaveLength(2)
    expect(await problemsOf([file])).toEqual(['ward.rsb cut'])
  })

  it('is not written over another file', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'ward.rsb'), 'mine')
    await expect(writtenParts(small(), { folder })).rejects.toThrow(/already/)
    expect(readFileSync(join(folder, 'ward.rsb'), 'utf8')).toBe('mine')
  })

  it('leaves nothing where an artifact is shorter than listed', async () => {
    const folder = temporaryFolder()
    const made = small()
    truncateSync(made.files[1]?.file ?? '', 10)
    await expect(writtenParts(made, { folder })).rejects.toThrow(/shorter/)
    expect(existsSync(join(folder, 'ward.rsb'))).toBe(false)
    expect(existsSync(join(folder, 'ward.rsb.building'))).toBe(false)
  })
})

describe('a bundle in parts', () => {
  const inParts = () => writtenParts(small(), { mostPartBytes: 65_536 })

  it('has files of the size asked for and no larger', async () => {
    const files = await inParts()
    expect(files.length).toBeGreaterThan(4)
    expect(basename(files[0] ?? '')).toBe('ward.rsb.001')
    expect(files.slice(0, -1).map((file) => statSync(file).size)).toEqual(files.slice(1).map(() => 65_536))
    expect(await problemsOf(files)).toEqual([])
    expect(await problemsOf([...files].reverse())).toEqual([])
  })

  it('names one that is lost and one that is damaged, by their files', async () => {
    const files = await inParts()
    flipByte(files[3] ?? '', 1000)
    const left = files.filter((_, at) => at !== 1)
    expect(await problemsOf(left)).toEqual(['ward.rsb.002 missing', 'ward.rsb.004 damaged'])
  })

  it('is not cut within its documents', async () => {
    await expect(writtenParts(small(), { mostPartBytes: 8192 })).rejects.toThrow(/do not hold it; the least is about/)
  })

  it('names a damaged part under the name it has here', async () => {
    const files = await inParts()
    flipByte(files[2] ?? '', 5)
    const renamed = join(temporaryFolder(), 'COPY3.BIN')
    copyFileSync(files[2] ?? '', renamed)
    expect(await problemsOf(files.map((file, at) => (at === 2 ? renamed : file)))).toEqual(['COPY3.BIN damaged'])
  })

  it('cannot be read without its first part, which is named', async () => {
    const [, ...others] = await inParts()
    const container = await openContainer(others)
    expect(container).toMatchObject({
      failure: {
        kind: 'container-unusable',
        file: 'ward.rsb.002',
        problem: expect.stringContaining('ward.rsb.001, which'),
      },
    })
  })

  it('takes no part of another bundle, and a second copy is no fault of the first', async () => {
    const files = await inParts()
    const other = await writtenParts(madeBundle({ engine: seededBytes('other', 90_000) }), { mostPartBytes: 65_536 })
    const twice = join(temporaryFolder(), 'again')
    copyFileSync(files[1] ?? '', twice)
    flipByte(twice, 5)
    expect(await problemsOf([...files, other[1] ?? '', twice])).toEqual(['ward.rsb.002 foreign'])
    expect(await problemsOf([twice, ...files])).toEqual(['again damaged'])
  })
})

/** What is done to the head of a file with one part, and what is said then. */
const forgeries: [name: string, change: (head: never) => unknown, said: RegExp][] = [
  ...(
    [
      ['a name above its folder', 'catalog/../../sentinel.yaml'],
      ['an absolute name', '/tmp/sentinel'],
      ['a name with a backslash', 'catalog\\sentinel.yaml'],
      ['a drive', 'C:sentinel.yaml'],
      ['a hidden name', 'catalog/.sentinel.yaml'],
      ['a document of its own', 'sentinel.json'],
      ['an artifact as a document', `artifacts/sha256-${'0'.repeat(64)}`],
      ['another ending in the catalog', 'catalog/sentinel.sh'],
      ['a line end in a name', 'catalog/a\nb.yaml'],
      ['an endless name', `catalog/${'a'.repeat(300)}.yaml`],
      ['a name that is too deep', 'catalog/a/b/c/d/e/f.yaml'],
    ] as const
  ).map(([name, bad]): (typeof forgeries)[number] => [
    name,
    (head: { contents: { documents: { name: string }[] } }) => {
      const last = head.contents.documents.at(-1)
      if (last !== undefined) last.name = bad
      return head
    },
    /no name that a document|too_big|<=250|Too big/i,
  ]),
  ...(
    [
      ['the same name in another case', 'catalog/models/QWEN.yaml', 'catalog/models/qwen.yaml', /twice/],
      ['a file that is a folder too', 'trust/a', 'trust/a/b', /twice/],
    ] as const
  ).map(([name, one, other, said]): (typeof forgeries)[number] => [
    name,
    (head: { contents: { documents: object[] } }) => {
      const made = { bytes: 1, sha256: '0'.repeat(64) }
      head.contents.documents.push({ name: one, ...made }, { name: other, ...made })
      return head
    },
    said,
  ]),
  [
    'more documents than anybody reads',
    (head: { contents: { documents: object[] } }) => {
      const made = { bytes: 1, sha256: '0'.repeat(64) }
      head.contents.documents = Array.from({ length: 30_000 }, (_, at) => ({ name: `trust/${at}`, ...made }))
      return head
    },
    /too large|Too big/i,
  ],
  [
    'a document of a terabyte',
    (head: { contents: { documents: { bytes: number }[] } }) => {
      for (const one of head.contents.documents) one.bytes = 1024 ** 4
      return head
    },
    /documents\.0\.bytes/,
  ],
  [
    'an artifact that is not on its list',
    (head: { contents: { carried: string[] } }) => {
      head.contents.carried.push('f'.repeat(64))
      return head
    },
    /not those of the file/,
  ],
  ['an unknown field', (head: object) => ({ ...head, run: 'x' }), /run/],
  ['a part of none', (head: object) => ({ ...head, part: 0 }), /part/],
  ['a part beyond the last', (head: object) => ({ ...head, part: 3, parts: 2 }), /part 3 of 2/],
  ['a share that begins below zero', (head: object) => ({ ...head, offset: -1 }), /offset/],
  ['other documents than it is named after', (head: object) => ({ ...head, bundle: '1'.repeat(64) }), /documents/],
  ['a newer format', (head: object) => ({ ...head, format: 2 }), /format/],
  ['no contents', ({ contents: _, ...head }: { contents: unknown }) => head, /only the first part/],
]

describe('a hostile file', () => {
  it.each(forgeries)('with %s is refused', async (_, change, said) => {
    const [file = ''] = await writtenParts(small())
    forgeHead(file, change as never)
    const refused = await openContainer([file])
    expect(refused).toMatchObject({ failure: { kind: 'container-unusable', problem: expect.stringMatching(said) } })
  })

  it.each([
    ['is empty', Buffer.alloc(0), /^it is empty$/],
    ['is something else', Buffer.from('PK\u0003\u0004 and so on, and on'), /no file of a bundle/],
    ['has a head of four gigabytes', Buffer.concat([magic, Buffer.alloc(40, 0xff)]), /too large/],
    ['ends within its head', Buffer.concat([magic, Buffer.from([0, 0, 16, 0]), Buffer.alloc(33, '{')]), /ends within/],
    ['has a head that is no JSON', headBytes('{' as never, 64).fill('{', prefixBytes), /its head is damaged/],
    ['is cut within its prefix', Buffer.concat([magic, Buffer.from([0, 0, 16, 0])]), /ends within its head/],
  ])('that %s is refused', async (_, bytes, said) => {
    const file = join(temporaryFolder(), 'x.rsb')
    writeFileSync(file, bytes)
    const refused = await openContainer([file])
    expect(refused).toMatchObject({ failure: { kind: 'container-unusable', problem: expect.stringMatching(said) } })
  })

  it('that is a link or a folder is not opened', async () => {
    const folder = temporaryFolder()
    const [file = ''] = await writtenParts(small())
    symlinkSync(file, join(folder, 'link.rsb'))
    mkdirSync(join(folder, 'folder.rsb'))
    for (const name of ['link.rsb', 'folder.rsb', 'gone.rsb']) {
      expect(await openContainer([join(folder, name)])).toMatchObject({ failure: { kind: 'container-unusable' } })
    }
  })

  it('whose first document has other bytes than its sha256 is refused by that name', async () => {
    const [file = ''] = await writtenParts(small())
    const whole = readFileSync(file)
    const payloadAt = prefixBytes + whole.readUInt32BE(magic.length)
    whole[payloadAt + 3] = 0
    writeFileSync(file, whole)
    expect(await openContainer([file])).toMatchObject({
      failure: { kind: 'container-unusable', problem: 'bundle.json is damaged' },
    })
  })

  it('has heads that take no more room than they have', () => {
    expect(() => headBytes({ name: 'x'.repeat(50) } as never, 20)).toThrow(/does not fit/)
  })
})

describe('a bundle in a folder', () => {
  it('is read whole, and each bad artifact is named', async () => {
    const made = madeBundle({
      good: seededBytes('good', 5000),
      bad: seededBytes('bad', 5000),
      cut: seededBytes('cut', 5000),
      linked: seededBytes('linked', 5000),
    })
    const artifacts = made.files.map(({ artifact }) => artifact)
    const folder = join(made.files[0]?.file ?? '', '..', '..')
    expect(await verifyFolder({ folder, artifacts })).toEqual([])
    const fileOf = (id: string) => made.files.find(({ artifact }) => artifact.id === id)?.file ?? ''
    flipByte(fileOf('bad'), 7)
    truncateSync(fileOf('cut'), 7)
    const gone = { ...artifacts[0], id: 'gone', sha256: 'e'.repeat(64) } as (typeof artifacts)[number]
    const nameOf = (id: string) => `artifacts/${basename(fileOf(id))}`
    expect(
      (await verifyFolder({ folder, artifacts: [...artifacts, gone] })).map((one) => [one.file, one.problem]),
    ).toEqual([
      [nameOf('bad'), 'damaged'],
      [nameOf('cut'), 'cut'],
      [`artifacts/${artifactFileName('e'.repeat(64))}`, 'missing'],
    ])
  })
})
