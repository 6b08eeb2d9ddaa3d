// Importing a bundle: every byte checked before it is kept, what is missing or damaged named by its file while the rest
// stays, and an import that was cut off goes on where it was.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBundle } from '../../../../../main/catalog/bundle.ts'
import { documentsOf } from '../../../../../main/catalog/container/documents.ts'
import { type Importing, importBundle } from '../../../../../main/catalog/container/import-bundle.ts'
import { openContainer } from '../../../../../main/catalog/container/open-container.ts'
import { knownIncoming, poolFile, removeInstalled } from '../../../../../main/catalog/container/store.ts'
import { verifyFolder } from '../../../../../main/catalog/container/verify-bundle.ts'
import { pinPublisher, verifyBundle } from '../../../../../main/trust/verify.ts'
import { chunkBytes } from '../../../../../shared/domain/artifact.ts'
import { flipByte, madeBundle, seededBytes, writtenParts } from '../../../../support/container-cases.ts'
import { newPublisher, signAs } from '../../../../support/signed-bundle.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const contents = { engine: seededBytes('engine', 90_000), model: seededBytes('model', 200_000) }
const small = () => madeBundle(contents)
const inParts = () => writtenParts(small(), { mostPartBytes: 65_536 })

async function imported(files: readonly string[], store: string, asked: Partial<Importing> = {}) {
  const container = await openContainer(files, (file) => knownIncoming(store, file))
  if (!container.ok) return container
  const { signal } = new AbortController()
  return importBundle(container.value, { store, others: [], onProgress: () => undefined, signal, ...asked })
}

const piecesOf = async (files: readonly string[], store: string, asked: Partial<Importing> = {}) => {
  const got = await imported(files, store, asked)
  if (got.ok) return []
  if (got.failure.kind !== 'bundle-incomplete') throw new Error(JSON.stringify(got.failure))
  return got.failure.pieces.map(({ file, problem }) => `${file} ${problem}`)
}

async function wholeAt(folder: string) {
  const bundle = openBundle(folder)
  if (!bundle.ok) throw new Error(JSON.stringify(bundle.failure))
  expect(await verifyFolder(bundle.value)).toEqual([])
  return bundle.value
}

async function home(files: readonly string[], store: string, asked: Partial<Importing> = {}) {
  const got = await imported(files, store, asked)
  if (!got.ok) throw new Error(JSON.stringify(got.failure))
  await wholeAt(got.value.folder)
  return got.value
}

it('a signed bundle is as its publisher signed it after a journey as a file, with what was taken back', async () => {
  const { documents, files } = small()
  const folder = temporaryFolder()
  const blocked = { entry: 'ward-app', versions: ['1'], reason: { en: 'It lost notes.', 'zh-CN': '会丢失记录。' } }
  const taken = { ...blocked, since: '2026-11-20' }
  // Letters that no form of JSON has to keep: the bytes count.
  documents.set('blocked.json', Buffer.from(`${JSON.stringify({ format: 1, blocked: [taken] })} \n\n`))
  for (const [name, bytes] of documents) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  const publisher = newPublisher()
  signAs(publisher, folder)
  const { folder: here } = await home(await writtenParts({ documents: documentsOf(folder), files }), temporaryFolder())
  const now = '2026-11-20T08:00:00Z'
  const stranger = verifyBundle(here, { state: { publishers: [] }, now, bundleId: 'bundle-1' })
  if (stranger.ok || stranger.failure.kind !== 'publisher-unknown') throw new Error(JSON.stringify(stranger))
  const { fingerprint } = stranger.failure
  const pinned = pinPublisher(here, { state: { publishers: [] }, now, fingerprint, who: 'li' })
  if (!pinned.ok) throw new Error(JSON.stringify(pinned.failure))
  const verified = verifyBundle(here, { state: pinned.value, now, bundleId: 'bundle-1' })
  expect(verified).toMatchObject({ ok: true, value: { next: { publishers: [{ blocked: [{ entry: 'ward-app' }] }] } } })
})

describe('an import', () => {
  it('makes a bundle that opens, of one file and of parts', async () => {
    for (const files of [await writtenParts(small()), await inParts()]) {
      const { folder, copiedBytes } = await home(files, temporaryFolder())
      expect(copiedBytes).toBe(290_000)
      expect((await wholeAt(folder)).header.name).toBe('ward')
    }
  })

  it('copies nothing a second time', async () => {
    const store = temporaryFolder()
    const files = await writtenParts(small())
    await home(files, store)
    expect(await home(files, store)).toMatchObject({ copiedBytes: 0, presentBytes: 290_000 })
  })

  it('names a lost part and a damaged one, keeps the rest, and goes on with those two alone', async () => {
    const store = temporaryFolder()
    const files = await inParts()
    const [, second = '', , fourth = ''] = files
    const kept = [second, fourth].map((file) => readFileSync(file))
    rmSync(second)
    flipByte(fourth, 1000)
    const there = files.filter((file) => file !== second)
    expect(await piecesOf(there, store)).toEqual(['ward.rsb.002 missing', 'ward.rsb.004 damaged'])
    writeFileSync(second, kept[0] ?? '')
    writeFileSync(fourth, kept[1] ?? '')
    // One after the other: chunks are larger than these parts, and what lies beside them is here.
    expect(await piecesOf([second], store)).toEqual(['ward.rsb.004 missing'])
    await home([fourth], store)
  })

  it('says of an import without its first part only that it is missing, when nothing of it was read before', async () => {
    const [, ...others] = await inParts()
    const got = await imported(others, temporaryFolder())
    expect(got).toMatchObject({
      failure: {
        kind: 'container-unusable',
        file: 'ward.rsb.002',
        problem: expect.stringContaining('ward.rsb.001, which'),
      },
    })
  })

  it('checks again what an import before it left, and keeps only what is right', async () => {
    const store = temporaryFolder()
    const made = small()
    const files = await writtenParts(made)
    const [engine, model] = made.files
    await imported(files, store, { signal: AbortSignal.abort() })
    writeFileSync(`${poolFile(store, engine?.artifact as never)}.part`, contents.engine)
    writeFileSync(`${poolFile(store, model?.artifact as never)}.part`, seededBytes('wrong', 200_001))
    const seen: number[] = []
    await home(files, store, { onProgress: (done) => void seen.push(done) })
    expect(seen.at(0)).toBe(0)
    expect(seen.at(-1)).toBe(290_000)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  it('ends when it is asked to, and says so', async () => {
    const store = temporaryFolder()
    const got = await imported(await writtenParts(small()), store, { signal: AbortSignal.abort() })
    expect(got).toMatchObject({ failure: { kind: 'cancelled' } })
    expect(readdirSync(join(store, 'installed'))).toEqual([])
  })

  it('does not begin where the disk has no room, and says how much it needs', async () => {
    const store = temporaryFolder()
    const got = await imported(await writtenParts(small()), store, { freeBytes: async () => 1000 })
    expect(got).toMatchObject({ failure: { kind: 'disk-too-small', freeBytes: 1000 } })
    expect(got.ok ? 0 : (got.failure as { needBytes: number }).needBytes).toBeGreaterThan(290_000)
  })

  it('says that the disk ran full, or that it cannot be written', async () => {
    const store = temporaryFolder()
    const files = await writtenParts(small())
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const onProgress = () => {
      throw full
    }
    expect(await imported(files, store, { onProgress })).toMatchObject({ failure: { kind: 'disk-full', path: store } })
    await home(files, store)
    const blocked = join(temporaryFolder(), 'file')
    writeFileSync(blocked, '')
    expect(await imported(files, blocked)).toMatchObject({ failure: { kind: 'state-unwritable' } })
  })

  it('keeps a cut file for what it holds', async () => {
    const store = temporaryFolder()
    const [file = ''] = await writtenParts(small())
    const whole = readFileSync(file)
    truncateSync(file, whole.length - 10)
    expect(await piecesOf([file], store)).toEqual(['ward.rsb cut'])
    writeFileSync(file, whole)
    const before = readdirSync(join(store, 'pool')).filter((name) => !name.endsWith('.part'))
    expect(before).toHaveLength(1)
    await home([file], store)
  })
})

describe('the store', () => {
  it('has the bytes that two bundles share once, and lets go of what none needs', async () => {
    const store = temporaryFolder()
    const other = madeBundle({ engine: contents.engine, extra: seededBytes('extra', 1000) }, 'other')
    const first = await home(await writtenParts(small()), store)
    const second = await home(await writtenParts(other, { name: 'other' }), store)
    expect(second).toMatchObject({ copiedBytes: 1000, presentBytes: 90_000 })
    const [engine] = other.files
    expect(statSync(poolFile(store, engine?.artifact as never)).nlink).toBe(3)
    expect(await removeInstalled(store, first.folder)).toBe(200_000)
    expect(existsSync(first.folder)).toBe(false)
    await wholeAt(second.folder)
    expect(await removeInstalled(store, second.folder)).toBe(91_000)
    expect(readdirSync(join(store, 'pool'))).toEqual([])
  })

  it('gives nothing of a bundle that lies about a sha256 to another one', async () => {
    const store = temporaryFolder()
    const honest = small()
    const [engine] = honest.files
    // Of one chunk it is found at once.
    const bad = seededBytes('bad', chunkBytes + 1)
    const liar = madeBundle({ engine: bad }, 'liar')
    const text = liar.documents.get('digests.json')?.toString() ?? ''
    const lied = text.replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${engine?.artifact.sha256}"`)
    liar.documents.set('digests.json', Buffer.from(lied))
    const [carried] = liar.files
    const claimed = { ...carried, artifact: { ...carried?.artifact, sha256: engine?.artifact.sha256 } } as never
    await home(await writtenParts(liar, { name: 'liar', carried: [claimed] }), store)
    const { folder } = await home(await writtenParts(honest), store)
    expect(readFileSync(join(folder, 'artifacts', `sha256-${engine?.artifact.sha256}`)).equals(contents.engine)).toBe(
      true,
    )
  })

  it('completes a bundle that leaves out what is here, and names what is not', async () => {
    const made = small()
    const carried = made.files.slice(1)
    const delta = await writtenParts(made, { carried })
    expect(await piecesOf(delta, temporaryFolder())).toEqual(['engine missing'])
    const store = temporaryFolder()
    const older = madeBundle({ engine: contents.engine }, 'older')
    await home(await writtenParts(older, { name: 'older' }), store)
    expect(await home(delta, store)).toMatchObject({ copiedBytes: 200_000, presentBytes: 90_000 })
    // Also from a folder that was opened here, and never with other bytes than listed.
    const beside = join(older.files[0]?.file ?? '', '..', '..')
    await home(delta, temporaryFolder(), { others: [join(temporaryFolder(), 'gone'), beside] })
    flipByte(older.files[0]?.file ?? '', 3)
    expect(await piecesOf(delta, temporaryFolder(), { others: [beside] })).toEqual(['engine missing'])
  })

  it('is this user’s alone', async () => {
    const store = join(temporaryFolder(), 'bundles')
    await home(await writtenParts(small()), store)
    expect(lstatSync(join(store, 'pool')).mode & 0o077).toBe(0)
  })
})
