// The same work for many appliances at once: bounded, so that a hundred logins are not made in one moment, and such
// that one that does not answer holds up nobody. It is waited for beside the others, and has a deadline of its own.
import { fail, type Result } from '../../../shared/domain/failure.ts'
import type { CoreTools } from '../core-tools.ts'

type Pause = Pick<CoreTools, 'pause'>

const places = 8
/** Whoever has not answered by then gives its place to the next one. */
const placeMs = 2000

/** In the order of the list. */
export async function sideBySide<T, R>(
  all: readonly T[],
  { pause }: Pause,
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const taken = new Set<Promise<unknown>>()
  const coming: Promise<R>[] = []
  for (const one of all) {
    while (taken.size >= places) await Promise.race(taken)
    const ended = new AbortController()
    const mine = work(one).finally(() => ended.abort())
    // A bug is met below, once all were begun.
    mine.catch(() => undefined)
    const place: Promise<unknown> = pause(placeMs, ended.signal).then(() => taken.delete(place))
    taken.add(place)
    coming.push(mine)
  }
  return Promise.all(coming)
}

/** What comes later is not waited for. */
export async function withinSeconds<T>(
  seconds: number,
  { what, pause }: Pause & { readonly what: string },
  work: Promise<Result<T>>,
): Promise<Result<T>> {
  const enough = new AbortController()
  const late = pause(seconds * 1000, enough.signal).then(() => fail({ kind: 'deadline-passed', what, seconds }))
  try {
    return await Promise.race([work, late])
  } finally {
    enough.abort()
  }
}
