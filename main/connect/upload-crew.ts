// The lanes of one upload at work: whoever is free takes the next segment, or a chunk to have checked. The first lane
// holds the part file, and the upload ends with it; any other may come and go.
import { createHash } from 'node:crypto'
import { type Artifact, chunkBytes } from '../../shared/domain/artifact.ts'
import type { ByteSource } from '../../shared/domain/connection.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { remoteStaging } from '../../shared/domain/remote-layout.ts'
import { uploadExit } from '../../shared/domain/script-exits.ts'
import type { Pace } from './pace.ts'
import type { ProgressMeter } from './progress-meter.ts'
import type { Sessions } from './sessions.ts'
import { type LaneEnd, type LaneEvents, openLane, type UploadLane } from './upload-lane.ts'
import type { Segment, UploadLedger } from './upload-ledger.ts'
import { laneScript, partFile } from './upload-scripts.ts'

/** No word about anything that was sent: something over there hangs. A dead link is noticed long before. */
const silenceSeconds = 3600

/** Of one lane: each is a hash that runs on the appliance beside what arrives. */
const checksAtOnce = 2

export type Upload = {
  readonly artifact: Artifact
  readonly source: ByteSource
  readonly meter: ProgressMeter
  readonly pace: Pace
}

export type UploadCrew = {
  /** Answers where the lane's lines go. */
  join(lane: UploadLane, as: 'first' | 'further'): LaneEvents['onLine']
  /** Opens a further lane; false when it did not come up. */
  hire(sessions: Sessions): Promise<boolean>
  /** The lane that came last sends what it has begun, and leaves. */
  dismiss(): void
  doneBytes(): number
  /** Nothing more is sent; `done` is this failure. */
  giveUp(failure: Failure): void
  /**
   * Everything is over there and checked, or why not. Every lane has been let go of then, except that the first one
   * still holds what is whole. Rejects as the source does.
   */
  readonly done: Promise<Result<void>>
}

type Member = {
  readonly lane: UploadLane
  /** Sent, or being sent, and not answered. */
  readonly segments: Segment[]
  readonly checks: number[]
  leaving: boolean
  gone: boolean
}

export function uploadCrew(
  { artifact, source, meter, pace }: Upload,
  ledger: UploadLedger,
  lost: () => Failure,
): UploadCrew {
  const members: Member[] = []
  const waiting = new Set<() => void>()
  let over = false
  let settle: (result: Result<void>) => void = () => undefined
  let throwOut: (bug: unknown) => void = () => undefined
  const done = new Promise<Result<void>>((resolve, reject) => {
    settle = resolve
    throwOut = reject
  })
  const silence = setTimeout(
    () => end(fail({ kind: 'deadline-passed', what: 'put', seconds: silenceSeconds })),
    silenceSeconds * 1000,
  )
  const wakeAll = (): void => {
    for (const wake of [...waiting]) wake()
    waiting.clear()
  }
  const close = (released: readonly Member[]): void => {
    over = true
    clearTimeout(silence)
    for (const { lane } of released) lane.release()
    wakeAll()
  }
  const end = (result: Result<void>): void => {
    if (over) return
    close(result.ok ? members.slice(1) : members)
    settle(result)
  }
  const hear = (member: Member, line: string): void => {
    if (over) return
    silence.refresh()
    const [what, first, second = ''] = line.split(' ')
    const number = Number(first)
    if (what === 'arrived') settleSegment(member, { offset: number, bytes: Number(second) })
    if (what === 'right' && settleCheck(member, number)) ledger.right(number)
    if (what === 'wrong' && settleCheck(member, number) && !ledger.wrong(number)) {
      void damaged(number, evidence(second, 100)).then((failure) => end(fail(failure)), failWith)
    }
    meter.doneIs(ledger.doneBytes())
    if (ledger.isDone()) end(ok(undefined))
    wakeAll()
  }
  /** A segment may arrive in pieces; an appliance that tells of others is not believed. */
  const settleSegment = (member: Member, { offset, bytes }: Segment): void => {
    const at = member.segments.findIndex((one) => one.offset === offset && bytes > 0 && bytes <= one.bytes)
    const segment = member.segments[at]
    if (segment === undefined) return
    const rest = { offset: offset + bytes, bytes: segment.bytes - bytes }
    member.segments.splice(at, 1, ...(rest.bytes > 0 ? [rest] : []))
    ledger.arrived({ offset, bytes })
  }
  const settleCheck = ({ checks }: Member, index: number): boolean => {
    const at = checks.indexOf(index)
    if (at >= 0) checks.splice(at, 1)
    return at >= 0
  }
  const failWith = (bug: unknown): void => {
    if (over) return
    close(members)
    throwOut(bug)
  }
  const work = async (member: Member): Promise<void> => {
    const { lane, segments, checks } = member
    while (!over && !member.gone) {
      const index = checks.length < checksAtOnce && !member.leaving ? ledger.takeCheck() : undefined
      if (index !== undefined) {
        checks.push(index)
        if (!(await lane.say(`check ${index} ${artifact.chunks[index] ?? ''}`))) return
        continue
      }
      const segment = member.leaving ? undefined : ledger.take(lane.segmentBytes(), source.atHand)
      if (segment !== undefined) {
        segments.push(segment)
        if (!(await lane.send(segment, source, pace))) return
        continue
      }
      if (member.leaving && segments.length === 0 && checks.length === 0) return lane.release()
      await new Promise<void>((resolve) => waiting.add(resolve))
    }
  }
  const leave = (member: Member, { exitCode, complaint }: LaneEnd, isFirst: boolean): void => {
    const at = members.indexOf(member)
    if (at >= 0) members.splice(at, 1)
    member.gone = true
    if (over) return
    if (isFirst || exitCode === uploadExit.write) end(fail(laneFailure(exitCode, complaint, lost)))
    if (over) return
    for (const segment of member.segments) ledger.giveBack(segment)
    for (const index of member.checks) ledger.giveBackCheck(index)
    wakeAll()
  }
  const join = (lane: UploadLane, as: 'first' | 'further'): LaneEvents['onLine'] => {
    const member: Member = { lane, segments: [], checks: [], leaving: false, gone: false }
    members.push(member)
    void lane.ended.then((laneEnd) => leave(member, laneEnd, as === 'first'))
    if (ledger.isDone()) end(ok(undefined))
    work(member).catch(failWith)
    return (line) => hear(member, line)
  }
  const damaged = async (index: number, got: string): Promise<Failure> => {
    const hash = createHash('sha256')
    const length = Math.min(chunkBytes, artifact.bytes - index * chunkBytes)
    for await (const bytes of source.read(index * chunkBytes, length)) hash.update(bytes)
    const here = hash.digest('hex')
    const expected = artifact.chunks[index] ?? ''
    const where = here === expected ? `arrived as ${got}` : `is ${here} on this computer`
    return { kind: 'artifact-damaged', artifact: artifact.id, chunk: index, detail: `should be ${expected}, ${where}` }
  }
  return {
    join,
    done,
    doneBytes: ledger.doneBytes,
    giveUp: (failure) => end(fail(failure)),
    hire: async (sessions) => {
      let onLine: LaneEvents['onLine'] = () => undefined
      const lane = await openLane(sessions, laneScript(artifact), {
        file: partFile(artifact),
        onSent: meter.sent,
        onLine: (line) => onLine(line),
      })
      if (!lane.ok) return false
      if (over) lane.value.release()
      else onLine = join(lane.value, 'further')
      return !over
    },
    dismiss: () => {
      const last = members.length > 1 ? members.at(-1) : undefined
      if (last !== undefined) last.leaving = true
      wakeAll()
    },
  }
}

/** dd prints its counts beside its complaint; only what is no count is evidence. */
function laneFailure(exitCode: number | undefined, complaint: string, lost: () => Failure): Failure {
  if (exitCode === undefined) return lost()
  const detail = evidence(
    complaint.replaceAll(/[0-9]+\+[0-9]+ records (in|out)|[0-9]+ bytes .*copied,.*$/gm, '').trim(),
  )
  if (/No space left|quota exceeded/i.test(detail)) return { kind: 'disk-full', path: remoteStaging, detail }
  return { kind: 'step-failed', step: 'put: lane', detail: `exit ${exitCode}: ${detail}` }
}
