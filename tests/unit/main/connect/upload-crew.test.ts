// Several lanes at work on one upload, without a network: each does what its appliance would.
import { describe, expect, it } from 'vitest'
import { unlimited } from '../../../../main/connect/pace.ts'
import { progressMeter } from '../../../../main/connect/progress-meter.ts'
import { uploadCrew } from '../../../../main/connect/upload-crew.ts'
import type { LaneEnd, UploadLane } from '../../../../main/connect/upload-lane.ts'
import { type Segment, uploadLedger } from '../../../../main/connect/upload-ledger.ts'
import { type Artifact, chunkBytes } from '../../../../shared/domain/artifact.ts'
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

function newCrew() {
  const meter = progressMeter(artifact.bytes, () => undefined)
  const ledger = uploadLedger(artifact, { right: new Set(), notes: [] })
  const source = {
    read: () => {
      throw new Error('nothing is read here')
    },
  }
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
    further.end(uploadExit.write, "dd: error writing 'x': No space left on device 1+0 records in 0+0 records out")
    const detail = "dd: error writing 'x': No space left on device"
    expect(await diskFull.done).toMatchObject({ failure: { kind: 'disk-full', detail } })
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
})
