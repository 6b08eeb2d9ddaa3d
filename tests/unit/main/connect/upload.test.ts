import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Artifact, chunkBytes } from '../../../../shared/domain/artifact.ts'
import type { ByteSource, PutProgress } from '../../../../shared/domain/connection.ts'
import { remoteRoot } from '../../../../shared/domain/remote-layout.ts'
import { connectionTo, type FakeSshOptions, fakePrograms, willingSudo } from '../../../support/fake-ssh-server.ts'

// Sending a whole chunk through a server in this process takes seconds: most cases have a small artifact,
// or find the first chunk (nothing but zeros, a hole in a file) already there.
const tail = randomBytes(1_000_003)
const zeros = Buffer.alloc(chunkBytes)
const small = artifactOf(tail)
const large = artifactOf(zeros, tail)

function sha256(...pieces: Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

function artifactOf(...chunks: Uint8Array[]): Artifact {
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  return { kind: 'file', id: 'a-file', sha256: sha256(...chunks), bytes, chunks: chunks.map((chunk) => sha256(chunk)) }
}

/** Reads of the artifact, each noted with its offset; `change` damages pieces of 300,000 bytes by their offset. */
function sourceOf(artifact: Artifact, change: (piece: Buffer, offset: number) => Buffer = (piece) => piece) {
  const reads: number[] = []
  const source: ByteSource = {
    async *read(offset, length) {
      reads.push(offset)
      const whole = artifact === large && offset < chunkBytes ? zeros : tail
      const start = offset % chunkBytes
      for (let at = 0; at < length; at += 300_000) {
        yield change(whole.subarray(start + at, start + Math.min(at + 300_000, length)), offset + at)
      }
    },
  }
  return { source, reads }
}

/** An appliance whose /var/lib/rackside is a folder of exactly as many letters: the opening's length is announced. */
async function appliance(artifact: Artifact, options: FakeSshOptions = {}) {
  const root = `/tmp/${randomBytes(6).toString('hex')}`
  if (root.length !== remoteRoot.length) throw new Error('the folder does not fit')
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const { server, link } = await connectionTo({
    programs: fakePrograms({ sudo: willingSudo }),
    rewrite: (opening) => opening.replaceAll(remoteRoot, root),
    ...options,
  })
  const name = `sha256-${artifact.sha256}`
  const final = `${root}/artifacts/${name}`
  const staged = `${root}/staging/${name}`
  return { server, link, root, final, part: `${staged}.part`, record: `${staged}.chunks`, notes: `${staged}.arrived` }
}

const quiet = { onProgress: () => undefined }

/** What a console that was killed after the first chunk of the large artifact leaves behind. */
function firstChunkThere({ root, part, record }: { root: string; part: string; record: string }, more = ''): void {
  mkdirSync(`${root}/staging`, { recursive: true })
  writeFileSync(part, '')
  truncateSync(part, chunkBytes)
  writeFileSync(record, `0 ${large.chunks[0]}\n${more}`)
}

describe('an upload', () => {
  it('arrives whole, in place, over its own link, and leaves nothing else behind', async () => {
    const { server, link, root, final } = await appliance(large)
    const progress: PutProgress[] = []
    const { bytes } = large
    const put = await link.put(large, sourceOf(large).source, { onProgress: (report) => progress.push(report) })
    expect(put).toEqual({ ok: true, value: { sentBytes: bytes, skippedBytes: 0 } })
    expect(sha256(readFileSync(final))).toBe(large.sha256)
    expect(readdirSync(`${root}/staging`)).toEqual([])
    expect(statSync(`${root}/staging`).mode & 0o777).toBe(0o700)
    expect(statSync(final).mode & 0o777).toBe(0o644)
    expect(progress.at(-1)).toEqual({ sentBytes: bytes, doneBytes: bytes, totalBytes: bytes })
    expect(server.openLinks()).toBe(2)
    expect(await link.put(large, sourceOf(large).source, quiet)).toEqual({
      ok: true,
      value: { sentBytes: 0, skippedBytes: bytes },
    })
  })

  it('does not put bytes in the place of a file whose sha256 a publisher says they have', async () => {
    const named = { ...large, sha256: small.sha256 }
    const there = await appliance(named)
    firstChunkThere(there)
    expect(await there.link.put(named, sourceOf(large).source, quiet)).toEqual({
      ok: false,
      failure: {
        kind: 'artifact-damaged',
        artifact: large.id,
        detail: `should be ${small.sha256}, is ${large.sha256}`,
      },
    })
    expect([existsSync(there.final), readdirSync(`${there.root}/staging`)]).toEqual([false, []])
  })

  it('hashes what lies there unchecked once, and sends again what is another one than its name says', async () => {
    const there = await appliance(small)
    mkdirSync(`${there.root}/artifacts`, { recursive: true })
    const checked = there.final.replace('/artifacts/', '/checked/')
    writeFileSync(there.final, tail)
    const skipped = { ok: true, value: { sentBytes: 0, skippedBytes: tail.length } }
    expect(await there.link.put(small, sourceOf(small).source, quiet)).toEqual(skipped)
    expect(existsSync(checked)).toBe(true)
    rmSync(checked)
    writeFileSync(there.final, Buffer.alloc(tail.length))
    const sent = { ok: true, value: { sentBytes: tail.length, skippedBytes: 0 } }
    expect(await there.link.put(small, sourceOf(small).source, quiet)).toEqual(sent)
    expect([sha256(readFileSync(there.final)), existsSync(checked)]).toEqual([small.sha256, true])
    expect(await there.link.put(small, sourceOf(small).source, quiet)).toEqual(skipped)
  })

  it.each(['', '1 torn li'])('goes on after the chunks that are recorded (%j)', async (torn) => {
    const there = await appliance(large)
    firstChunkThere(there, torn)
    const { source, reads } = sourceOf(large)
    expect(await there.link.put(large, source, quiet)).toEqual({
      ok: true,
      value: { sentBytes: tail.length, skippedBytes: chunkBytes },
    })
    expect(reads).toEqual([chunkBytes])
    expect(sha256(readFileSync(there.final))).toBe(large.sha256)
  })

  it('goes on after what was noted in the middle of a chunk, and not after bytes that turn out wrong', async () => {
    const there = await appliance(small)
    const half = 7 * 65_536
    mkdirSync(`${there.root}/staging`, { recursive: true })
    writeFileSync(there.part, tail.subarray(0, half))
    writeFileSync(there.record, '')
    writeFileSync(there.notes, `+ 0 ${half}\n+ 0 9999999\n`)
    const first = sourceOf(small)
    expect(await there.link.put(small, first.source, quiet)).toEqual({
      ok: true,
      value: { sentBytes: tail.length - half, skippedBytes: half },
    })
    expect(first.reads).toEqual([half])
    expect(sha256(readFileSync(there.final))).toBe(small.sha256)
    rmSync(there.final)
    writeFileSync(there.part, Buffer.alloc(half))
    writeFileSync(there.notes, `+ 0 ${half}\n`)
    const second = sourceOf(small)
    expect(await there.link.put(small, second.source, quiet)).toMatchObject({ ok: true })
    expect(second.reads).toEqual([half, 0])
    expect(sha256(readFileSync(there.final))).toBe(small.sha256)
    expect(readdirSync(`${there.root}/staging`)).toEqual([])
  })

  it('does not believe a record that the part file does not bear out', async () => {
    const { link, root, part, record, final } = await appliance(small)
    mkdirSync(`${root}/staging`, { recursive: true })
    writeFileSync(part, tail.subarray(0, 1000))
    writeFileSync(record, `0 ${small.chunks[0]}\n1 ${'0'.repeat(64)}\n`)
    expect(await link.put(small, sourceOf(small).source, quiet)).toMatchObject({
      value: { sentBytes: tail.length, skippedBytes: 0 },
    })
    expect(sha256(readFileSync(final))).toBe(small.sha256)
  })

  it.each([
    ['notes in pieces', ['+ 0 65536', '+ 65536 65536', '+ 131072 327680'], 7 * 65_536],
    ['a note of a chunk that is not its own', ['+ 0 99999999'], 0],
    ['a note of nothing', ['+ 0 0'], 0],
    ['a note beyond what lies there', ['+ 400000 100000'], 0],
    ['a note of a chunk that was wrong', ['+ 0 458752', '- 0'], 0],
    ['a note of another chunk that was wrong', ['+ 0 458752', '- 10'], 7 * 65_536],
    ['a note behind something', ['x+ 0 458752'], 0],
    ['a note before something', ['+ 0 458752 x', '+ 0 458752x'], 0],
    ['no note', ['* 0 458752', '- x', ''], 0],
  ])('goes on after what is noted, and only that: %s', async (_what, notes, skippedBytes) => {
    const there = await appliance(small)
    mkdirSync(`${there.root}/staging`, { recursive: true })
    writeFileSync(there.part, tail.subarray(0, 7 * 65_536))
    writeFileSync(there.notes, `${notes.join('\n')}\n`)
    const sentBytes = tail.length - skippedBytes
    expect(await there.link.put(small, sourceOf(small).source, quiet)).toEqual({
      ok: true,
      value: { sentBytes, skippedBytes },
    })
    expect(sha256(readFileSync(there.final))).toBe(small.sha256)
  })

  it.each([
    ['is in the list', `0 ${small.chunks[0]}`, tail.length],
    ['is of another content', `0 ${'0'.repeat(64)}`, 0],
    ['is behind something', `x0 ${small.chunks[0]}`, 0],
    ['is before something', `0 ${small.chunks[0]}0`, 0],
    ['is of another chunk', `10 ${small.chunks[0]}`, 0],
  ])('skips a chunk that lies there where its record %s', async (_what, line, skippedBytes) => {
    const there = await appliance(small)
    mkdirSync(`${there.root}/staging`, { recursive: true })
    writeFileSync(there.part, tail)
    writeFileSync(there.record, `${line}\n`)
    expect(await there.link.put(small, sourceOf(small).source, quiet)).toEqual({
      ok: true,
      value: { sentBytes: tail.length - skippedBytes, skippedBytes },
    })
    expect(readFileSync(there.final).equals(tail)).toBe(true)
  })

  it.each([
    ['of long lines', `${'x'.repeat(30_000)}\n`, 600],
    ['of a line without an end between short ones', `0 x\n${'x'.repeat(300_000)}\n`, 60],
  ])('does not listen to the end to a record %s', async (_what, text, times) => {
    const there = await appliance(small)
    mkdirSync(`${there.root}/staging`, { recursive: true })
    writeFileSync(there.part, '')
    writeFileSync(there.record, text.repeat(times))
    expect(await there.link.put(small, sourceOf(small).source, quiet)).toMatchObject({
      failure: { kind: 'step-failed', step: 'put: begin', detail: expect.stringContaining('more than') },
    })
  })

  it('is not kept from its work by one long line that a power cut left', async () => {
    const there = await appliance(large)
    firstChunkThere(there, `${'\0'.repeat(8000)}\n`)
    expect(await there.link.put(large, sourceOf(large).source, quiet)).toMatchObject({
      value: { skippedBytes: chunkBytes },
    })
  })

  it('starts anew when what lies there is too long', async () => {
    const { link, root, part, record, final } = await appliance(small)
    mkdirSync(`${root}/staging`, { recursive: true })
    writeFileSync(part, Buffer.alloc(tail.length + 1))
    writeFileSync(record, `0 ${small.chunks[0]}\n`)
    expect(await link.put(small, sourceOf(small).source, quiet)).toMatchObject({ value: { sentBytes: tail.length } })
    expect(sha256(readFileSync(final))).toBe(small.sha256)
  })

  it('sends a chunk that arrived wrong once more', async () => {
    const { link, final } = await appliance(small)
    let damaged = false
    const { source, reads } = sourceOf(small, (piece, offset) => {
      if (offset !== 300_000 || damaged) return piece
      damaged = true
      return Buffer.alloc(piece.length)
    })
    expect(await link.put(small, source, quiet)).toMatchObject({ ok: true, value: { sentBytes: 2 * tail.length } })
    expect(reads).toEqual([0, 0])
    expect(sha256(readFileSync(final))).toBe(small.sha256)
  })

  it('of bytes that are wrong here already is refused and says where they are wrong', async () => {
    const there = await appliance(large)
    firstChunkThere(there)
    const { source } = sourceOf(large, (piece) => Buffer.alloc(piece.length))
    expect(await there.link.put(large, source, quiet)).toMatchObject({
      ok: false,
      failure: {
        kind: 'artifact-damaged',
        artifact: 'a-file',
        chunk: 1,
        detail: expect.stringContaining('on this computer'),
      },
    })
    expect(existsSync(there.final)).toBe(false)
    // The chunk that was here is hashed once more meanwhile, and perhaps recorded once more before the failure.
    const recorded = readFileSync(there.record, 'utf8').trim().split('\n')
    expect([...new Set(recorded)]).toEqual([`0 ${large.chunks[0]}`])
  })

  it('whose source fails or is too short throws, and lets go of everything', async () => {
    const { server, link } = await appliance(small)
    const broken = sourceOf(small, (piece, offset) => {
      if (offset > 0) throw new Error('the disk was pulled')
      return piece
    })
    await expect(link.put(small, broken.source, quiet)).rejects.toThrow('the disk was pulled')
    await expect.poll(() => server.channels().now, { timeout: 4000 }).toBe(0)
    const short: ByteSource = {
      async *read() {
        yield Buffer.alloc(10)
      },
    }
    await expect(link.put(small, short, quiet)).rejects.toThrow('ended too early')
    expect((await link.put(small, sourceOf(small).source, quiet)).ok).toBe(true)
  })

  it('onto a full disk says so', async () => {
    const dd = `#!/bin/sh
case "$*" in
  *of=*) head -c 100000 >/dev/null; echo "dd: error writing 'x': No space left on device" >&2; exit 1 ;;
  *) exec /usr/bin/dd "$@" ;;
esac
`
    const { link } = await appliance(small, { programs: fakePrograms({ sudo: willingSudo, dd }) })
    expect(await link.put(small, sourceOf(small).source, quiet)).toMatchObject({
      failure: {
        kind: 'disk-full',
        path: '/var/lib/rackside/staging',
        detail: expect.stringContaining('No space left'),
      },
    })
  })

  it('of the same artifact twice at once sends it once', async () => {
    const { link, final, root } = await appliance(small)
    const puts = await Promise.all([
      link.put(small, sourceOf(small).source, quiet),
      link.put(small, sourceOf(small).source, quiet),
    ])
    const sent = puts.map((put) => (put.ok ? put.value.sentBytes : -1)).sort()
    expect(sent).toEqual([0, tail.length])
    expect(sha256(readFileSync(final))).toBe(small.sha256)
    expect(readdirSync(`${root}/staging`)).toEqual([])
  })

  it('looks again at what an earlier one recorded, and sends again what has changed since', async () => {
    const place = await appliance(large)
    firstChunkThere(place)
    const held = openSync(place.part, 'r+')
    writeSync(held, 'x', 5_000_000)
    closeSync(held)
    const { source } = sourceOf(large)
    const put = await place.link.put(large, source, quiet)
    expect(put).toEqual({ ok: true, value: { sentBytes: large.bytes, skippedBytes: chunkBytes } })
    expect(sha256(readFileSync(place.final))).toBe(large.sha256)
  })

  it('that is told to stop sends nothing more, and keeps what has arrived', async () => {
    const place = await appliance(small)
    let stop = (): void => undefined
    const stopped = new Promise<void>((resolve) => {
      stop = resolve
    })
    const { source, reads } = sourceOf(small, (piece) => {
      stop()
      return piece
    })
    const put = await place.link.put(small, source, { ...quiet, stopped })
    expect(put).toEqual({ ok: false, failure: { kind: 'cancelled', at: small.id } })
    const readsThen = reads.length
    await sleep(300)
    expect(reads).toHaveLength(readsThen)
    expect(existsSync(place.final)).toBe(false)
  })

  it('is no faster than was asked, and reports nothing any more once it is over', async () => {
    const { link } = await appliance(small)
    const reports: PutProgress[] = []
    const began = performance.now()
    const put = await link.put(small, sourceOf(small).source, {
      onProgress: (report) => reports.push(report),
      limitBytesPerSecond: 2_000_000,
    })
    expect(put.ok).toBe(true)
    expect(performance.now() - began).toBeGreaterThan(400)
    expect(reports.at(-1)).toEqual({ sentBytes: tail.length, doneBytes: tail.length, totalBytes: tail.length })
  })

  it('that loses its link fails at once and leaves what is recorded', async () => {
    const there = await appliance(large)
    firstChunkThere(there)
    const cutting: ByteSource = {
      async *read(_offset, length) {
        yield tail.subarray(0, 1000)
        there.server.cut()
        await sleep(50)
        yield tail.subarray(1000, length)
      },
    }
    expect(await there.link.put(large, cutting, quiet)).toMatchObject({ failure: { kind: 'link-lost' } })
    expect(await there.link.put(large, cutting, quiet)).toMatchObject({ failure: { kind: 'link-lost' } })
    expect(readFileSync(there.record, 'utf8')).toBe(`0 ${large.chunks[0]}\n`)
  })
})
