// When this process is to end. Ctrl-C ends it at once, unless a run or a rollout goes on here: then the person hears what ending
// means, and a second Ctrl-C is the answer. Whoever sends another signal means it.
import type { EventEmitter } from 'node:events'

/** What the end of this process would stop. */
export type Stopped = 'run' | 'rollout'

export type Ending = {
  readonly signals: Pick<EventEmitter, 'on' | 'off'>
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  readonly stops: () => Promise<Stopped | 'nothing'>
  /** Says what ending means. */
  readonly warn: (stopped: Stopped) => void
  /** What SIGHUP asks for instead of an end: to look at files again. */
  readonly hangUp?: () => void
}

/** npm passes on a Ctrl-C that the terminal has sent here already: one press, not two. */
const onePressMilliseconds = 300
const orderly = ['SIGTERM', 'SIGHUP'] as const

/** More than an orderly end takes: guests and a run are given about 15 s together. */
export const longestEndMilliseconds = 20_000

/** Whether the work was done in time; what it throws is thrown. */
export async function endsInTime(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let late: NodeJS.Timeout | undefined
  const deadline = new Promise<false>((resolve) => {
    late = setTimeout(() => resolve(false), milliseconds)
  })
  try {
    return await Promise.race([work.then(() => true), deadline])
  } finally {
    clearTimeout(late)
  }
}

/** Resolves once; the signals are nobody's from then on. */
export function untilEnded({ signals, clock, stops, warn, hangUp }: Ending): Promise<void> {
  if (hangUp !== undefined) signals.on('SIGHUP', hangUp)
  const ends = hangUp === undefined ? orderly : orderly.filter((one) => one !== 'SIGHUP')
  return new Promise((resolve) => {
    let askedAt: number | undefined
    const end = () => {
      for (const signal of ends) signals.off(signal, end)
      signals.off('SIGINT', interrupted)
      resolve()
    }
    const interrupted = () => {
      const now = clock()
      if (askedAt === undefined) void ask(now)
      else if (now - askedAt > onePressMilliseconds) end()
    }
    const ask = async (now: number) => {
      askedAt = now
      const stopped = await stops()
      if (stopped === 'nothing') end()
      else warn(stopped)
    }
    for (const signal of ends) signals.on(signal, end)
    signals.on('SIGINT', interrupted)
  })
}
