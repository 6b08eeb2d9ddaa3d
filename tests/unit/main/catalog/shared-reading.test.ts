// Uploads of one file share what they read: how often each byte is read, who waits for whom, what is held and freed.
import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type SharedReading, sharedReading } from '../../../../main/catalog/shared-reading.ts'
import { uploadLedger } from '../../../../main/connect/upload-ledger.ts'
import { chunkBytes } from '../../../../shared/domain/artifact.ts'
import { countReads } from '../../../support/counted-reads.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const mebibyte = 1024 * 1024
type Source = ReturnType<SharedReading['source']>

/** A hole of so many MiB, each of which begins with its number. */
function fileOf(mebibytes: number): string {
  const path = join(temporaryFolder(), 'artifact')
  writeFileSync(path, '')
  truncateSync(path, mebibytes * mebibyte)
  for (let at = 0; at < mebibytes; at += 1) mark(path, at, at)
  return path
}

function mark(path: string, at: number, number: number): void {
  const file = openSync(path, 'r+')
  writeSync(file, numbered(number), 0, 4, at * mebibyte)
  closeSync(file)
}

function numbered(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return bytes
}

/** The numbers that those MiB begin with. */
async function read(source: Source, from: number, mebibytes: number): Promise<number[]> {
  const numbers: number[] = []
  let bytes = 0
  for await (const piece of source.read(from * mebibyte, mebibytes * mebibyte)) {
    numbers.push(Buffer.from(piece).readUInt32BE())
    bytes += piece.byteLength
  }
  expect(bytes).toBe(mebibytes * mebibyte)
  return numbers
}

const from = (start: number, count: number) => Array.from({ length: count }, (_, at) => start + at)

/** Uploads that have all begun, and what was read since. */
async function begun(path: string, mebibytes: number, uploads: number) {
  const reading = sharedReading()
  const sources = from(0, uploads).map(() => reading.source(path, mebibytes * mebibyte))
  await Promise.all(sources.map((source) => read(source, 0, 1)))
  const counts = await countReads([path])
  return { reading, sources, counted: () => (counts.get(path) ?? 0) / mebibyte }
}

describe('several uploads of one file', { timeout: 60_000 }, () => {
  it('that are in step read each byte once, and nothing is held in the end', async () => {
    const path = fileOf(48)
    const { reading, sources, counted } = await begun(path, 48, 3)
    for (const [start, count] of [
      [1, 1],
      [2, 2],
      [4, 4],
      [8, 8],
      [16, 16],
      [32, 16],
    ] as const) {
      const all = await Promise.all(sources.map((source) => read(source, start, count)))
      expect(all).toEqual(sources.map(() => from(start, count)))
    }
    expect(counted()).toBe(47)
    expect(reading.held().kept).toBe(0)
    for (const source of sources) source.close()
    expect(reading.held()).toEqual({ kept: 0, spare: 0 })
  })

  it('wait for nobody: who falls behind the window reads by himself what fell out of it', async () => {
    const { reading, sources, counted } = await begun(fileOf(700), 700, 2)
    const [quick, slow] = sources as [Source, Source]
    const slowly = slow.read(mebibyte, 699 * mebibyte)[Symbol.asyncIterator]()
    await slowly.next()
    expect(await read(quick, 1, 699)).toEqual(from(1, 699))
    expect(reading.held().kept).toBe(256)
    expect(counted()).toBeLessThanOrEqual(701)
    for (let at = 2; at < 700; at += 1) {
      const { value } = await slowly.next()
      expect(Buffer.from(value as Uint8Array).readUInt32BE()).toBe(at)
    }
    await slowly.return?.()
    expect(counted()).toBeLessThanOrEqual(701 + 699 - 256)
    expect(reading.held().kept).toBe(0)
  })

  it('keep nothing for one that is dead, and nothing at all when the last one has ended', async () => {
    const { reading, sources } = await begun(fileOf(100), 100, 2)
    const [living, dying] = sources as [Source, Source]
    await read(living, 1, 60)
    expect(reading.held().kept).toBe(60)
    dying.close()
    expect(reading.held().kept).toBe(0)
    await read(living, 61, 39)
    living.close()
    expect(reading.held()).toEqual({ kept: 0, spare: 0 })
  })

  it('get no byte from before a change of the file', async () => {
    const path = fileOf(8)
    const { reading, sources } = await begun(path, 8, 2)
    const [one, other] = sources as [Source, Source]
    await read(one, 1, 7)
    mark(path, 3, 77)
    expect(await read(other, 1, 7)).toEqual([1, 2, 77, 4, 5, 6, 7])
    expect(reading.held().kept).toBe(0)
  })

  it('get nothing twice from the window: what arrived wrong is read again', async () => {
    const { sources, counted } = await begun(fileOf(8), 8, 3)
    const [one, other] = sources as [Source, Source]
    await read(one, 4, 1)
    await read(other, 4, 1)
    expect(counted()).toBe(1)
    await read(other, 4, 1)
    expect(counted()).toBe(2)
  })

  it('may begin anywhere, and share what lies between', async () => {
    const { sources, counted } = await begun(fileOf(8), 8, 2)
    const [one, other] = sources as [Source, Source]
    const lengths = async (source: Source, at: number, bytes: number) => {
      const found: number[] = []
      for await (const piece of source.read(at, bytes)) found.push(piece.byteLength)
      return found
    }
    expect(await lengths(one, mebibyte + 65_536, 2 * mebibyte)).toEqual([mebibyte - 65_536, mebibyte, 65_536])
    expect(await lengths(other, mebibyte, 3 * mebibyte)).toEqual([mebibyte, mebibyte, mebibyte])
    expect(counted()).toBe(3)
  })

  it('never get the memory that a connection which ended may still have its hand on', async () => {
    const { sources } = await begun(fileOf(60), 60, 2)
    const [ending, living] = sources as [Source, Source]
    const pieces = ending.read(mebibyte, 10 * mebibyte)[Symbol.asyncIterator]()
    const { value: held } = await pieces.next()
    await pieces.return?.()
    ending.close()
    await read(living, 1, 59)
    expect(Buffer.from(held as Uint8Array).readUInt32BE()).toBe(1)
  })

  it('all hear of a file that cannot be read', async () => {
    const { reading, sources } = await begun(fileOf(8), 8, 2)
    const [one, other] = sources as [Source, Source]
    const path = join(temporaryFolder(), 'not there')
    await expect(read(reading.source(path, 8), 0, 1)).rejects.toThrow(/ENOENT/)
    for (const source of [one, other]) source.close()
    expect(reading.held()).toEqual({ kept: 0, spare: 0 })
  })
})

it('one upload alone keeps nothing and reads each byte once', async () => {
  const { reading, sources, counted } = await begun(fileOf(40), 40, 1)
  const [source] = sources as [Source]
  const seen = new Set<ArrayBufferLike>()
  for await (const piece of source.read(mebibyte, 39 * mebibyte)) {
    seen.add(piece.buffer)
    expect(reading.held().kept).toBe(0)
  }
  expect(counted()).toBe(39)
  // Two in turns.
  expect(seen.size).toBeLessThanOrEqual(3)
})

/** Uploads as their ledgers let them go, each at its pace; how often the file was read. */
async function timesRead(chunks: number, paces: readonly number[]): Promise<number> {
  const bytes = chunks * chunkBytes
  const { sources, counted } = await begun(fileOf(bytes / mebibyte), bytes / mebibyte, paces.length)
  const artifact = {
    ...{ kind: 'file' as const, id: 'a-file', sha256: 'f'.repeat(64), bytes },
    chunks: from(0, chunks).map((index) => String(index).padStart(64, '0')),
  }
  const uploads = sources.map((source, at) => ({
    ...{ source, pace: paces[at] ?? 1, at: 0 },
    ledger: uploadLedger(artifact, { right: new Set(), notes: [] }),
  }))
  for (;;) {
    const left = uploads.filter(({ ledger }) => ledger.doneBytes() < bytes).sort((one, other) => one.at - other.at)
    const [next] = left
    if (next === undefined) break
    const segment = next.ledger.take(16 * mebibyte, next.source.atHand)
    if (segment === undefined) throw new Error('nothing is left to take')
    for await (const _ of next.source.read(segment.offset, segment.bytes));
    next.ledger.arrived(segment)
    if (next.ledger.doneBytes() === bytes) next.source.close()
    next.at += segment.bytes / next.pace
  }
  return counted() / (bytes / mebibyte)
}

// Some gigabytes are read: seconds, and more of them on a machine that has other things to do.
describe('three uploads that go out of step', { timeout: 60_000 }, () => {
  it('read little more than what the slower ones still lack when the quickest is done', async () => {
    expect(await timesRead(30, [1, 0.9, 0.8])).toBeLessThan(1.35)
  })

  it('read once when their paces are equal', async () => {
    expect(await timesRead(8, [1, 1, 1])).toBeLessThan(1.05)
  })
})
