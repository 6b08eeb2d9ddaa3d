// Who has a turn when in a rollout: one canary alone, then rings of at most a quarter. Nobody is begun after the
// first bad verdict. Pure: it is told how far everybody is, and says what may begin now.

/** So many at the same time: a quarter of all that are to change, and at least one. */
export function placesFor(count: number): number {
  return Math.max(1, Math.floor(count / 4))
}

/** In order; the canary is the one that is named, else the first. */
export function ringsOf(names: readonly string[], canary?: string): string[][] {
  const first = names.find((name) => name === canary) ?? names[0]
  if (first === undefined) return []
  const others = names.filter((name) => name !== first)
  const size = placesFor(names.length)
  const rings = [[first]]
  for (let at = 0; at < others.length; at += size) rings.push(others.slice(at, at + size))
  return rings
}

export type Turn = {
  readonly ring: number
  readonly state: 'waiting' | 'running' | 'good' | 'bad'
  /** When that became so, by a clock that only runs forward. */
  readonly sinceMs: number
}

export type Next =
  /** By their places in the list. `without`: the slow one that is not proven yet. */
  | { readonly act: 'begin'; readonly turns: readonly number[]; readonly without?: number }
  /** Until somebody ends, or until then. */
  | { readonly act: 'wait'; readonly untilMs?: number }
  /** Whoever waits is not begun any more. */
  | { readonly act: 'stop' }
  | { readonly act: 'over' }

/**
 * How long the next ring waits for the last one of a ring, once everybody else in it is well. One such slow appliance
 * may be left behind, unproven; it keeps its place, so that a quarter stays the most at the same time. Never the
 * canary, and never a second one.
 */
export const slowPatienceMs = 10 * 60_000

export type TurnsNow = { readonly nowMs: number; readonly places: number; readonly cancelled: boolean }

export function nextTurns(turns: readonly Turn[], { nowMs, places, cancelled }: TurnsNow): Next {
  const waiting = turns.filter(({ state }) => state === 'waiting')
  const running = turns.filter(({ state }) => state === 'running')
  if (waiting.length === 0) return running.length === 0 ? { act: 'over' } : { act: 'wait' }
  if (cancelled || turns.some(({ state }) => state === 'bad')) return { act: 'stop' }
  const ring = Math.min(...waiting.map((one) => one.ring))
  const [slow, another] = running.filter((one) => one.ring < ring)
  if (another !== undefined || slow?.ring === 1) return { act: 'wait' }
  if (slow !== undefined) {
    const beside = turns.filter((one) => one.ring === slow.ring)
    const untilMs = Math.max(...beside.map(({ sinceMs }) => sinceMs)) + slowPatienceMs
    if (nowMs < untilMs) return { act: 'wait', untilMs }
  }
  const free = Math.max(0, places - running.length)
  const begun = turns.flatMap((one, at) => (one.state === 'waiting' && one.ring === ring ? [at] : [])).slice(0, free)
  if (begun.length === 0) return { act: 'wait' }
  return { act: 'begin', turns: begun, ...(slow === undefined ? {} : { without: turns.indexOf(slow) }) }
}
