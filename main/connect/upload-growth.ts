// How many connections an upload is worth. One is enough for a fast network; a further one is tried where one is slow,
// and stays only if all together became faster: where each is held back by its round trip or by a rule, not by the cable.
const mostLanes = 4

/** Until a new connection's pace shows: its buffers fill at once, whatever the network does. */
const settleMilliseconds = 1500
const measureMilliseconds = 2000
/** A hospital's network from one gigabit a second on is faster than this. */
const fastBytesPerSecond = 30_000_000
const worthGain = 1.15
/** With less than this left to send a further connection comes too late. */
const worthMilliseconds = 8000

export type Growth = {
  /** Asked every now and then, with what all connections have sent so far and what is left. */
  look(now: { readonly milliseconds: number; readonly sentBytes: number; readonly leftBytes: number }): GrowthAdvice
  /** A connection came up, or did not: then no other is tried. */
  opened(milliseconds: number, came: boolean): void
  lanes(): number
  /** How many are worth it, once that is known. */
  decided(): number | undefined
}
export type GrowthAdvice = 'stay' | 'open' | 'close'

export type GrowthStart = {
  readonly milliseconds: number
  /** More than this is not wanted. */
  readonly limitBytesPerSecond: number | undefined
  /** Where it is known already how many pay, no other is tried. */
  readonly worth: number | undefined
}

export function uploadGrowth({ milliseconds: startedAt, limitBytesPerSecond, worth }: GrowthStart): Growth {
  const enough = Math.min(fastBytesPerSecond, 0.9 * (limitBytesPerSecond ?? fastBytesPerSecond * 2))
  let open = 1
  let openedAt = startedAt
  let from: { readonly milliseconds: number; readonly sentBytes: number } | undefined
  let rateBefore: number | undefined
  let settled = worth !== undefined
  return {
    lanes: () => open,
    decided: () => (settled ? open : undefined),
    opened: (milliseconds, came) => {
      if (came) open += 1
      else settled = true
      openedAt = milliseconds
      from = undefined
    },
    look: ({ milliseconds, sentBytes, leftBytes }) => {
      if (settled || milliseconds - openedAt < settleMilliseconds) return 'stay'
      from ??= { milliseconds, sentBytes }
      const took = milliseconds - from.milliseconds
      if (took < measureMilliseconds) return 'stay'
      const rate = ((sentBytes - from.sentBytes) * 1000) / took
      if (rateBefore !== undefined && rate < worthGain * rateBefore) {
        settled = true
        open -= 1
        return 'close'
      }
      settled = open >= mostLanes || rate >= enough || (leftBytes * 1000) / Math.max(rate, 1) < worthMilliseconds
      rateBefore = rate
      from = undefined
      return settled ? 'stay' : 'open'
    },
  }
}
