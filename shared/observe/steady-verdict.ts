// From single looks at something to a verdict that people can act on: one bad look is no fault and one good one no
// repair, a gap neither ends a fault nor begins it anew (P68), no data is stale after three intervals (P66), and what
// goes to and fro is said to, once. Pure: the time comes with each look.
import type { VerdictState } from '../domain/verdict.ts'

/** What one look found. `unreachable`: nobody could look, which says nothing of the service itself. */
export type LookState = Exclude<VerdictState, 'stale'> | 'unreachable'
export type SteadyState = LookState | 'stale'

export type Look<R> = { readonly atMs: number; readonly state: LookState; readonly reason: R }

export type SteadyRules = {
  /** How often somebody looks. */
  readonly intervalMs: number
  /** How long it has to be worse, or better, before that is said. */
  readonly worseForMs: number
  readonly betterForMs: number
}

/** With looks each ten seconds a fault is said within a minute and a half. */
export const usualRules: SteadyRules = { intervalMs: 10_000, worseForMs: 60_000, betterForMs: 30_000 }

type Stretch<R> = { readonly sinceMs: number; readonly look: Look<R> }

export type Steady<R> = {
  readonly shown: Look<R>
  readonly lastAtMs: number
  /** Since when every look was worse than what is shown, and the mildest of them. */
  readonly worse: Stretch<R> | undefined
  /** Since when every look was better, and the worst of them. */
  readonly better: Stretch<R> | undefined
  /** Of the last looks, the newest last: whether each was another than the one before. */
  readonly changes: readonly boolean[]
  readonly newest: LookState
  readonly isFlapping: boolean
}

/** What is said at a time. */
export type SteadyVerdict<R> = {
  readonly state: SteadyState
  readonly sinceMs: number
  readonly reason: R
  readonly isFlapping: boolean
  /** Somebody works on it: it is shown, and nobody is woken. */
  readonly isMuted: boolean
}

/** A fault of the service itself is worse than not being able to ask. */
const rank: { readonly [S in LookState]: number } = { healthy: 0, unknown: 1, degraded: 2, unreachable: 3, down: 4 }

/** As Naemon counts them: 21 looks, newer changes weigh more, and it takes less to stay than to begin (percent). Its own
 * 20 and 30 are for checks that were tried three times before they count: three single bad looks would be enough. */
const looksCounted = 21
const flapping = { begins: 50, ends: 25 }
const missedLooks = 3

/** The first look is shown at once; looks that are not newer than the last one change nothing. */
export function afterLook<R>(before: Steady<R> | undefined, look: Look<R>, rules: SteadyRules): Steady<R> {
  if (before === undefined) return firstLook(look)
  if (look.atMs <= before.lastAtMs) return before
  const isAfterGap = look.atMs - before.lastAtMs > missedLooks * rules.intervalMs
  const changes = [...before.changes, look.state !== before.newest].slice(1 - looksCounted)
  const isFlapping = weighed(changes) >= (before.isFlapping ? flapping.ends : flapping.begins)
  const seen = { lastAtMs: look.atMs, changes, newest: look.state, isFlapping }
  const worse = stretched(isAfterGap ? undefined : before.worse, look, isWorse(look, before.shown), isWorse)
  const better = stretched(isAfterGap ? undefined : before.better, look, isWorse(before.shown, look), isMilder)
  const next = nextShown({ worse, better, isFlapping }, look, rules)
  if (next === undefined) return { ...before, ...seen, worse, better, shown: freshReason(before.shown, look) }
  const shown = { ...next.look, atMs: next.sinceMs }
  return { shown, ...seen, ...stretchesAfter(shown, look) }
}

function firstLook<R>(look: Look<R>): Steady<R> {
  const nothing = { worse: undefined, better: undefined, changes: [], isFlapping: false }
  return { shown: look, lastAtMs: look.atMs, newest: look.state, ...nothing }
}

/** The look that ended one stretch may be the first of another. */
function stretchesAfter<R>(shown: Look<R>, look: Look<R>): Pick<Steady<R>, 'worse' | 'better'> {
  return {
    worse: stretched(undefined, look, isWorse(look, shown), isWorse),
    better: stretched(undefined, look, isWorse(shown, look), isMilder),
  }
}

function isWorse(one: Look<unknown>, other: Look<unknown>): boolean {
  return rank[one.state] > rank[other.state]
}

function isMilder(one: Look<unknown>, other: Look<unknown>): boolean {
  return isWorse(other, one)
}

/** Keeps the look that is nearest to what is shown: all of the stretch was at least so far from it. */
function stretched<R>(
  stretch: Stretch<R> | undefined,
  look: Look<R>,
  belongs: boolean,
  isFurther: (one: Look<R>, other: Look<R>) => boolean,
): Stretch<R> | undefined {
  if (!belongs) return undefined
  if (stretch === undefined) return { sinceMs: look.atMs, look }
  return isFurther(stretch.look, look) ? { ...stretch, look } : stretch
}

/** While it flaps it is as bad as its worst look, and only becomes worse: half of the time is not well, and each repair
 * that is taken back would wake somebody again. */
function nextShown<R>(
  { worse, better, isFlapping }: Pick<Steady<R>, 'worse' | 'better' | 'isFlapping'>,
  look: Look<R>,
  { worseForMs, betterForMs }: SteadyRules,
): Stretch<R> | undefined {
  const { atMs } = look
  if (worse !== undefined && isFlapping) return { sinceMs: atMs, look }
  if (worse !== undefined && atMs - worse.sinceMs >= worseForMs) return worse
  if (better !== undefined && !isFlapping && atMs - better.sinceMs >= betterForMs) return better
  return undefined
}

function freshReason<R>(shown: Look<R>, look: Look<R>): Look<R> {
  return look.state === shown.state ? { ...shown, reason: look.reason } : shown
}

/** In percent: 0.8 for the oldest change to 1.2 for the newest. */
function weighed(changes: readonly boolean[]): number {
  const most = looksCounted - 1
  const missing = most - changes.length
  const sum = changes.reduce(
    (total, isChange, at) => total + (isChange ? 0.8 + (0.4 * (at + missing)) / (most - 1) : 0),
    0,
  )
  return (sum * 100) / most
}

export type Window = { readonly fromMs: number; readonly toMs: number }

/** No data is never healthy, nor is it the end of a fault: when looks come again, what was shown goes on. */
export function verdictAt<R>(
  steady: Steady<R>,
  nowMs: number,
  { intervalMs, maintenance = [] }: Pick<SteadyRules, 'intervalMs'> & { readonly maintenance?: readonly Window[] },
): SteadyVerdict<R> {
  const { shown, lastAtMs, isFlapping } = steady
  const isMuted = maintenance.some(({ fromMs, toMs }) => fromMs <= nowMs && nowMs < toMs)
  const isStale = nowMs - lastAtMs > missedLooks * intervalMs
  const said = isStale ? { state: 'stale' as const, sinceMs: lastAtMs } : { state: shown.state, sinceMs: shown.atMs }
  return { ...said, reason: shown.reason, isFlapping, isMuted }
}
