// So many users at once, each asking again as soon as its answer is there: first until everyone had an answer, which does
// not count; then for the measured time; then on, until every request that was sent in that time has its answer too, so
// that the last of them meet no emptier server than the first.
import { setMaxListeners } from 'node:events'
import type { BenchEvent } from '../../../shared/domain/bench.ts'
import type { RequestTrace } from '../../../shared/verify/load/request-trace.ts'
import { newStop, type Stop } from './ask-once.ts'

const tickMs = 50
const progressEveryMs = 1000
/** Who is refused at once does not ask a thousand times a second. */
const afterFailureMs = 200
/**
 * Users come one after the other: people do not ask in step, and who does meets a server that is flooded and then idle.
 */
const oneAfterAnotherMs = 20
/** However many there are. */
const allWithinMs = 2000

export type LevelWish = {
  readonly users: number
  /** Measured at least and at most; in between it ends when `wanted` requests have ended well. */
  readonly seconds: number
  readonly mostSeconds: number
  readonly wanted: number
  /** At most, until everybody is warm. */
  readonly warmUpSeconds: number
  /** At most, for the last requests to end. */
  readonly endingSeconds: number
}

type Progress = Extract<BenchEvent, { event: 'progress' }>

export type LevelTools = {
  readonly clock: () => number
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Aborted: what is under way is cut off, and what was measured counts. */
  readonly signal: AbortSignal
  readonly hear: (progress: Progress) => void
  /** Never rejects for what a server does. */
  readonly ask: (stop: Stop, onPieces: (count: number) => void) => Promise<RequestTrace>
}

/** From when to when it was measured. */
export type LevelRun = { readonly traces: readonly RequestTrace[]; readonly fromMs: number; readonly toMs: number }

export async function runLevel(wish: LevelWish, tools: LevelTools): Promise<LevelRun> {
  const { clock, signal } = tools
  const level = startUsers(wish.users, tools)
  const report = progressOf(wish.users, level, tools)
  const since = (ms: number) => (clock() - ms) / 1000
  const until = async (phase: Progress['phase'], isOver: () => boolean) => {
    while (!signal.aborted && !level.isHopeless() && !isOver()) {
      report(phase)
      await tools.pause(tickMs, signal)
    }
  }
  try {
    const beganMs = clock()
    await until('warm-up', () => level.warm() >= wish.users || since(beganMs) >= wish.warmUpSeconds)
    const fromMs = clock()
    await until('measuring', () => {
      const seconds = since(fromMs)
      return seconds >= wish.mostSeconds || (seconds >= wish.seconds && level.endedSince(fromMs) >= wish.wanted)
    })
    const toMs = clock()
    await until('letting-end', () => !level.isUnderWay(fromMs, toMs) || since(toMs) >= wish.endingSeconds)
    // What says only that nobody answers was measured before anybody was warm.
    return { traces: level.traces, fromMs: level.isHopeless() ? beganMs : fromMs, toMs }
  } finally {
    await level.end()
  }
}

type Users = {
  readonly traces: RequestTrace[]
  /** Users that had an answer. */
  warm(): number
  pieces(): number
  failed(): number
  /** Ended well, of those that were sent since then. */
  endedSince(fromMs: number): number
  isUnderWay(fromMs: number, toMs: number): boolean
  /** Many have failed, and none has ended well. */
  isHopeless(): boolean
  /** Cuts off what is under way; resolves when nothing is. */
  end(): Promise<void>
}

function startUsers(users: number, { clock, pause, ask }: LevelTools): Users {
  const traces: RequestTrace[] = []
  const underWay = new Map<Stop, number>()
  const over = new AbortController()
  // Each user may wait for it.
  setMaxListeners(0, over.signal)
  let [warm, pieces, failed] = [0, 0, 0]

  async function use(afterMs: number): Promise<void> {
    if (afterMs > 0) await pause(afterMs, over.signal)
    for (let isFirst = true; !over.signal.aborted; isFirst = false) {
      const stop = newStop()
      underWay.set(stop, clock())
      const trace = await ask(stop, (count) => {
        pieces += count
      })
      underWay.delete(stop)
      traces.push(trace)
      if (isFirst) warm += 1
      if (trace.problem === undefined) continue
      failed += 1
      await pause(afterFailureMs, over.signal)
    }
  }

  const apartMs = Math.min(oneAfterAnotherMs, allWithinMs / users)
  const using = Promise.all(Array.from({ length: users }, (_, at) => use(at * apartMs)))
  // Thrown where it is waited for.
  using.catch(() => undefined)
  const isWell = (one: RequestTrace) => one.problem === undefined && one.isCut !== true
  return {
    traces,
    warm: () => warm,
    pieces: () => pieces,
    failed: () => failed,
    endedSince: (fromMs) => traces.filter((one) => one.startMs >= fromMs && isWell(one)).length,
    isUnderWay: (fromMs, toMs) => [...underWay.values()].some((sentMs) => sentMs >= fromMs && sentMs < toMs),
    isHopeless: () => failed >= 10 + 2 * users && failed === traces.length,
    async end() {
      over.abort()
      for (const stop of underWay.keys()) stop.stop()
      await using
    },
  }
}

/** Says once a second where it is. */
function progressOf(users: number, level: Users, { clock, hear }: LevelTools): (phase: Progress['phase']) => void {
  let said: { readonly atMs: number; readonly pieces: number } = { atMs: clock(), pieces: 0 }
  let began: { readonly phase: Progress['phase']; readonly atMs: number } | undefined
  return (phase) => {
    const nowMs = clock()
    if (began?.phase !== phase) began = { phase, atMs: nowMs }
    if (nowMs - said.atMs < progressEveryMs) return
    const pieces = level.pieces()
    const piecesPerSecond = ((pieces - said.pieces) * 1000) / (nowMs - said.atMs)
    said = { atMs: nowMs, pieces }
    const ended = level.traces.length - level.failed()
    hear({
      ...{ event: 'progress', users, phase, seconds: (nowMs - began.atMs) / 1000 },
      ...{ ended, failed: level.failed(), piecesPerSecond },
    })
  }
}
