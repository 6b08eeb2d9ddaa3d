// What a stranger's file, or a damaged copy, can do to an import: nothing is written that no part gave, every flipped byte
// is found, and of several copies the right one is used.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documentsOf } from '../../../../../main/catalog/container/documents.ts'
import { headBytes, magic, prefixBytes, sha256Of } from '../../../../../main/catalog/container/form.ts'
import { importBundle } from '../../../../../main/catalog/container/import-bundle.ts'
import { layOut } from '../../../../../main/catalog/container/lay-out.ts'
import { openContainer } from '../../../../../main/catalog/container/open-container.ts'
import { knownIncoming } from '../../../../../main/catalog/container/store.ts'
import { verifyContainer } from '../../../../../main/catalog/container/verify-bundle.ts'
import { flipByte, forgeHead, madeBundle, seededBytes, writtenParts } from '../../../../support/container-cases.ts'
import { newPublisher, signAs } from '../../../../support/signed-bundle.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const GiB = 1024 ** 3
const contents = { engine: seededBytes('engine', 90_000), model: seededBytes('model', 200_000) }
const small = () => madeBundle(contents)

async function imported(files: readonly string[], store: string) {
  const container = await openContainer(files, (file) => knownIncoming(store, file))
  if (!container.ok) return container
  const { signal } = new AbortController()
  return importBundle(container.value, { store, others: [], onProgress: () => undefined, signal })
}

/** Claims `artifacts` of 1 GiB each and brings `payload` of the first. */
function boastful(artifacts: number, payload: Buffer): string {
  const { documents } = madeBundle({})
  const claimed = Array.from({ length: artifacts }, (_, at) => {
    const chunks = Array.from({ length: 16 }, (_, chunk) => sha256Of(`${at} ${chunk}`))
    return { kind: 'file', id: `big-${at}`, sha256: sha256Of(`${at}`), bytes: GiB, chunks }
  })
  documents.set('digests.json', Buffer.from(JSON.stringify({ format: 1, artifacts: claimed })))
  const places = [...documents].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256Of(bytes) }))
  const laid = layOut({ name: 'ward', documents: places, carried: claimed, mostPartBytes: 2 ** 50 })
  const [first] = laid.ok ? laid.value : []
  if (first === undefined) throw new Error('it was not laid out')
  const file = join(temporaryFolder(), 'ward.rsb')
  writeFileSync(file, Buffer.concat([headBytes(first.head, first.headBytes), ...documents.values(), payload]))
  return file
}

const poolOf = (store: string) => readdirSync(join(store, 'pool')).map((name) => statSync(join(store, 'pool', name)))

describe('a file that claims more than it brings', () => {
  it('leaves nothing in the pool where it brings nothing, and no file is made for what is not there', async () => {
    const store = temporaryFolder()
    expect(await imported([boastful(20, Buffer.alloc(0))], store)).toMatchObject({
      failure: { kind: 'bundle-incomplete', pieces: [{ file: 'ward.rsb', problem: 'cut' }] },
    })
    expect(poolOf(store)).toEqual([])
  })

  it('leaves what it brings and not a byte of what it claims', async () => {
    const store = temporaryFolder()
    const file = boastful(3, seededBytes('some', 5000))
    for (const round of [1, 2]) {
      expect([round, await imported([file], store)]).toMatchObject([
        round,
        { failure: { kind: 'bundle-incomplete', pieces: [{ file: 'ward.rsb', problem: 'cut' }] } },
      ])
      expect(poolOf(store).map(({ size }) => size)).toEqual([5000])
    }
  })
})

describe('copies of one bundle', () => {
  it('help one another out: what one has damaged the other one brings', async () => {
    const [one = ''] = await writtenParts(small())
    const other = join(temporaryFolder(), 'ward.rsb')
    copyFileSync(one, other)
    flipByte(one, 5)
    flipByte(other, 200_500)
    for (const files of [
      [one, other],
      [other, one],
    ]) {
      expect(await imported([files[0] ?? ''], temporaryFolder())).toMatchObject({ ok: false })
      expect(await imported(files, temporaryFolder())).toMatchObject({ ok: true })
    }
  })

  it('are put together also where a chunk lies in several parts, and one that is cut is no hindrance', async () => {
    const files = await writtenParts(small(), { mostPartBytes: 65_536 })
    const copies = files.map((file) => join(temporaryFolder(), basename(file)))
    for (const [at, copy] of copies.entries()) copyFileSync(files[at] ?? '', copy)
    flipByte(files[3] ?? '', 1000)
    flipByte(copies[4] ?? '', 1000)
    const second = readFileSync(files[1] ?? '')
    writeFileSync(files[1] ?? '', second.subarray(0, 30_000))
    expect(await imported([...files, ...copies], temporaryFolder())).toMatchObject({ ok: true })
  })

  it('whose first part is damaged in its documents is read by the other one', async () => {
    const [one = ''] = await writtenParts(small())
    const other = join(temporaryFolder(), 'ward.rsb')
    copyFileSync(one, other)
    const whole = readFileSync(one)
    const at = prefixBytes + whole.readUInt32BE(magic.length) + 3
    whole[at] = (whole[at] ?? 0) ^ 1
    writeFileSync(one, whole)
    expect(await imported([one], temporaryFolder())).toMatchObject({ failure: { kind: 'container-unusable' } })
    expect(await imported([one, other], temporaryFolder())).toMatchObject({ ok: true })
  })
})

/** The same numbers for the same seed, 0 to 1. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

async function signedParts(mostPartBytes: number): Promise<string[]> {
  const { documents, files } = small()
  const folder = temporaryFolder()
  for (const [name, bytes] of documents) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  signAs(newPublisher(), folder)
  return writtenParts({ documents: documentsOf(folder), files }, { mostPartBytes })
}

async function isRefused(files: readonly string[]): Promise<boolean> {
  const container = await openContainer(files)
  return !container.ok || (await verifyContainer(container.value)).length > 0
}

describe('a flipped byte', () => {
  it.each([
    ['one file', GiB],
    ['parts', 65_536],
  ])(
    'of a signed bundle in %s is found wherever it is: no byte is covered by nothing',
    async (_, mostPartBytes) => {
      const files = await signedParts(mostPartBytes)
      expect(await isRefused(files)).toBe(false)
      const random = numbers(7)
      for (const file of files) {
        const whole = readFileSync(file)
        const payloadAt = prefixBytes + whole.readUInt32BE(magic.length)
        const within = (from: number, to: number) => from + Math.floor(random.next().value * (to - from))
        const places = [
          ...Array.from({ length: prefixBytes }, (_, at) => at),
          ...Array.from({ length: 40 }, () => within(prefixBytes, payloadAt)),
          ...Array.from({ length: 25 }, () => within(payloadAt, whole.length)),
        ]
        for (const at of places) {
          const flipped = Buffer.from(whole)
          flipped[at] = (flipped[at] ?? 0) ^ (1 + Math.floor(random.next().value * 255))
          writeFileSync(file, flipped)
          if (!(await isRefused(files))) throw new Error(`byte ${at} of ${basename(file)} is covered by nothing`)
        }
        writeFileSync(file, whole)
      }
    },
    60_000,
  )
})

describe('a forged head', () => {
  it('gives a bundle no other name than its header has', async () => {
    const [file = ''] = await writtenParts(small())
    forgeHead(file, (head) => ({ ...head, name: 'ministry' }))
    const store = temporaryFolder()
    const got = await imported([file], store)
    expect(got.ok && basename(got.value.folder)).toMatch(/^ward-[0-9a-f]{32}$/)
    expect(existsSync(join(store, 'installed', 'ministry'))).toBe(false)
  })

  it('makes a part none of a bundle with another name, or another number of parts', async () => {
    const files = await writtenParts(small(), { mostPartBytes: 65_536 })
    forgeHead(files[1] ?? '', (head) => ({ ...head, name: 'ministry' }))
    forgeHead(files[2] ?? '', (head) => ({ ...head, parts: 99 }))
    const container = await openContainer(files)
    expect(container.ok && container.value.problems.map(({ file, problem }) => `${file} ${problem}`)).toEqual([
      'ward.rsb.002 damaged',
      'ward.rsb.003 damaged',
    ])
  })
})
