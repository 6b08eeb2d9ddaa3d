// Several lanes at work on one upload, without a network: each does what its appliance would.
import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { unlimited } from '../../../../main/connect/pace.ts'
import { progressMeter } from '../../../../main/connect/progress-meter.ts'
import { uploadCrew } from '../../../../main/connect/upload-crew.ts'
import type { LaneEnd, UploadLane } from '../../../../main/connect/upload-lane.ts'
import { type Segment, uploadLedger } from '../../../../main/connect/upload-ledger.ts'
import { type Artifact, chunkBytes } from '../../../../shared/domain/artifact.ts'
import type { ByteSource } from '../../../../shared/domain/connection.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import { uploadExit } from '../../../../shared/domain/script-exits.ts'

const mebibyte = 1024 * 1024
const chunks = ['a', 'b', 'c'].map((digit) => digit.repeat(64))
const artifact: Artifact = { kind: 'file', id: 'x', sha256: 'f'.repeat(64), bytes: 2 * chunkBytes + 1000, chunks }
const lost: Failure = { kind: 'link-lost', host: 'h', port: 22, during: 'put' }

function pretendLane(answers: (line: string) => string | undefined = (line) => line) {
  const sent: Segment[] = []
  const said: string[] = []
  let settle: (end: LaneEnd) => void = () => undefined
  const ended = new Promise<LaneEnd>((resolve) => {
    settle = resolve
  })
  let alive = true
  let onLine: (line: string) => void = () => undefined
  const end = (exitCode: number | undefined, complaint = ''): void => {
    alive = false
    settle({ exitCode, complaint })
  }
  const answer = async (line: string): Promise<boolean> => {
    await Promise.resolve()
    const told = alive ? answers(line) : undefined
    if (told !== undefined) queueMicrotask(() => onLine(told))
    return alive
  }
  const lane: UploadLane = {
    segmentBytes: () => 16 * mebibyte,
    send: (segment) => {
      sent.push(segment)
      return answer(`arrived ${segment.offset} ${segment.bytes}`)
    },
    say: (line) => {
      said.push(line)
      return answer(line.replace(/^check (\d+) .*/, 'right $1'))
    },
    ended,
    release: () => end(0),
  }
  const joins = (crew: ReturnType<typeof uploadCrew>, as: 'first' | 'further'): void => {
    onLine = crew.join(lane, as)
  }
  return { lane, sent, said, end, joins, isAlive: () => alive }
}

const unread: ByteSource = {
  read: () => {
    throw new Error('nothing is read here')
  },
}

function newCrew(source = unread) {
  const meter = progressMeter(artifact.bytes, () => undefined)
  const ledger = uploadLedger(artifact, { right: new Set(), notes: [] })
  return uploadCrew({ artifact, source, meter, pace: unlimited }, ledger, () => lost)
}

function bytesOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { bytes }) => sum + bytes, 0)
}

describe('the lanes of an upload', () => {
  it('share the segments, each sent once, and have every chunk checked once', async () => {
    const crew = newCrew()
    const [first, second] = [pretendLane(), pretendLane()]
    first.joins(crew, 'first')
    second.joins(crew, 'further')
    expect(await crew.done).toEqual({ ok: true, value: undefined })
    expect(bytesOf([...first.sent, ...second.sent])).toBe(artifact.bytes)
    expect(Math.min(first.sent.length, second.sent.length)).toBeGreaterThan(1)
    const checks = [...first.said, ...second.said].sort()
    expect(checks).toEqual(chunks.map((sha256, index) => `check ${index} ${sha256}`))
    expect([first.isAlive(), second.isAlive()]).toEqual([true, false])
  })

  it('take over what a further one had begun when it broke off', async () => {
    const crew = newCrew()
    const [first, silent] = [pretendLane(), pretendLane(() => undefined)]
    silent.joins(crew, 'further')
    first.joins(crew, 'first')
    setTimeout(() => silent.end(undefined), 20)
    expect(await crew.done).toEqual({ ok: true, value: undefined })
    expect(bytesOf(silent.sent)).toBeGreaterThanOrEqual(16 * mebibyte)
    expect(bytesOf(first.sent)).toBe(artifact.bytes)
  })

  it('end with the first one, and with one whose disk is full', async () => {
    const [firstGone, diskFull] = [newCrew(), newCrew()]
    const [first, further] = [pretendLane(() => undefined), pretendLane(() => undefined)]
    first.joins(firstGone, 'first')
    first.end(undefined)
    expect(await firstGone.done).toEqual({ ok: false, failure: lost })
    pretendLane(() => undefined).joins(diskFull, 'first')
    further.joins(diskFull, 'further')
    const counts = '13+0 records in 12+10 records out 131072 bytes (131 kB, 128 KiB) copied, 0.01 s, 10 MB/s'
    further.end(uploadExit.write, `dd: error writing 'x': No space left on device ${counts}`)
    const detail = "dd: error writing 'x': No space left on device"
    expect(await diskFull.done).toEqual({
      ok: false,
      failure: { kind: 'disk-full', path: '/var/lib/rackside/staging', detail },
    })
  })

  it('end with the complaint of the first one, where it is another than a full disk', async () => {
    const crew = newCrew()
    const first = pretendLane(() => undefined)
    first.joins(crew, 'first')
    first.end(uploadExit.record, 'sh: cannot create x: Read-only file system')
    const detail = `exit ${uploadExit.record}: sh: cannot create x: Read-only file system`
    expect(await crew.done).toEqual({ ok: false, failure: { kind: 'step-failed', step: 'put: lane', detail } })
  })

  it('let one go that is not worth it, once what it sent has arrived', async () => {
    const crew = newCrew()
    const [first, second] = [pretendLane(), pretendLane()]
    second.joins(crew, 'first')
    first.joins(crew, 'further')
    crew.dismiss()
    expect(await crew.done).toEqual({ ok: true, value: undefined })
    expect(first.sent.length).toBeLessThanOrEqual(1)
    expect(bytesOf([...first.sent, ...second.sent])).toBe(artifact.bytes)
  })

  it('do not believe an appliance that tells of what was not sent', async () => {
    const crew = newCrew()
    const liar = pretendLane(() => undefined)
    liar.joins(crew, 'first')
    const onLine = crew.join(pretendLane(() => undefined).lane, 'further')
    for (const line of ['arrived 0 99999999', 'right 0', 'right 1', 'right 2', 'wrong 7 x', 'arrived -1 x', 'hello']) {
      onLine(line)
    }
    expect(crew.doneBytes()).toBe(0)
    liar.end(undefined)
    expect(await crew.done).toEqual({ ok: false, failure: lost })
  })

  it('count a segment that arrives in pieces piece by piece, and only in pieces of what was sent', async () => {
    const crew = newCrew()
    const { lane, sent } = pretendLane(() => undefined)
    const onLine = crew.join(lane, 'first')
    await vi.waitFor(() => expect(sent.length).toBe(4))
    const segment = 16 * mebibyte
    for (const line of ['arrived 0 0', 'arrived 1 5', `arrived 0 ${segment + 1}`, 'arrived 0 -5', 'moved 0 5'])
      onLine(line)
    expect(crew.doneBytes()).toBe(0)
    onLine(`arrived 0 ${mebibyte}`)
    onLine(`arrived 0 ${mebibyte}`)
    expect(crew.doneBytes()).toBe(mebibyte)
    onLine(`arrived ${mebibyte} ${segment - mebibyte}`)
    onLine(`arrived ${segment} 1`)
    onLine(`arrived ${segment} 1`)
    expect(crew.doneBytes()).toBe(segment + 1)
    crew.giveUp(lost)
  })

  it('have two chunks checked at once, and what was not answered checked by another', async () => {
    const ledger = uploadLedger(artifact, { right: new Set([0, 1, 2]), notes: [] })
    const meter = progressMeter(artifact.bytes, () => undefined)
    const crew = uploadCrew({ artifact, source: unread, meter, pace: unlimited }, ledger, () => lost)
    const [first, gone] = [pretendLane(() => undefined), pretendLane(() => undefined)]
    gone.joins(crew, 'further')
    await vi.waitFor(() => expect(gone.said).toHaveLength(2))
    const onLine = crew.join(first.lane, 'first')
    await vi.waitFor(() => expect(first.said).toHaveLength(1))
    gone.end(undefined)
    await vi.waitFor(() => expect(first.said).toHaveLength(2))
    // Of another word, and of a chunk that somebody else was asked for, nothing follows.
    onLine('left 2')
    onLine('right 7')
    onLine('right 2')
    await vi.waitFor(() => expect(first.said).toHaveLength(3))
    expect([...first.said].sort()).toEqual(chunks.map((sha256, index) => `check ${index} ${sha256}`))
    onLine('right 0')
    onLine('right 1')
    expect(await crew.done).toEqual({ ok: true, value: undefined })
    expect([first.isAlive(), crew.doneBytes()]).toEqual([true, artifact.bytes])
  })

  it('say of a chunk that arrives wrong twice whether it is wrong here already', async () => {
    const bytes = Buffer.from('not what was published')
    const here = createHash('sha256').update(bytes).digest('hex')
    for (const [expected, where] of [
      ['c'.repeat(64), `is ${here} on this computer`],
      [here, 'arrived as dead'],
    ] as const) {
      const asked: number[][] = []
      const source: ByteSource = {
        async *read(offset, length) {
          asked.push([offset, length])
          yield bytes
        },
      }
      const of: Artifact = { ...artifact, chunks: [...chunks.slice(0, 2), expected] }
      const ledger = uploadLedger(of, { right: new Set([0, 1, 2]), notes: [] })
      const meter = progressMeter(of.bytes, () => undefined)
      const crew = uploadCrew({ artifact: of, source, meter, pace: unlimited }, ledger, () => lost)
      const first = pretendLane((line) => line.replace(/^right 2$/, 'wrong 2 dead'))
      first.joins(crew, 'first')
      const detail = `should be ${expected}, ${where}`
      expect(await crew.done).toEqual({
        ok: false,
        failure: { kind: 'artifact-damaged', artifact: 'x', chunk: 2, detail },
      })
      expect(asked).toEqual([[2 * chunkBytes, 1000]])
      // Once more, and not a third time.
      expect(first.sent).toEqual([{ offset: 2 * chunkBytes, bytes: 1000 }])
    }
  })

  it('throw as the source does, with every lane let go', async () => {
    const crew = newCrew()
    const [first, further] = [pretendLane(() => undefined), pretendLane(() => undefined)]
    first.joins(crew, 'first')
    crew.join({ ...further.lane, send: async () => Promise.reject(new Error('the disk was pulled')) }, 'further')
    await expect(crew.done).rejects.toThrow('the disk was pulled')
    expect([first.isAlive(), further.isAlive()]).toEqual([false, false])
  })

  it('are given up when an hour passes without a word', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const crew = newCrew()
    const first = pretendLane(() => undefined)
    const onLine = crew.join(first.lane, 'first')
    await vi.advanceTimersByTimeAsync(3_599_000)
    onLine('hello')
    await vi.advanceTimersByTimeAsync(3_599_000)
    expect(first.isAlive()).toBe(true)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await crew.done).toEqual({ ok: false, failure: { kind: 'deadline-passed', what: 'put', seconds: 3600 } })
    expect(first.isAlive()).toBe(false)
  })

  it('never let the first one go for not being worth it, nor one before what it sent has arrived', async () => {
    const crew = newCrew()
    const [first, further] = [pretendLane(() => undefined), pretendLane(() => undefined)]
    first.joins(crew, 'first')
    crew.dismiss()
    const onLine = crew.join({ ...further.lane, segmentBytes: () => mebibyte }, 'further')
    await vi.waitFor(() => expect(further.sent.length).toBeGreaterThan(1))
    await new Promise((resolve) => setTimeout(resolve, 20))
    crew.dismiss()
    const mine = [...further.sent]
    for (const { offset, bytes } of mine) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(further.isAlive()).toBe(true)
      onLine(`arrived ${offset} ${bytes}`)
    }
    await vi.waitFor(() => expect(further.isAlive()).toBe(false))
    expect([first.isAlive(), further.sent]).toEqual([true, mine])
    crew.giveUp(lost)
  })
})
