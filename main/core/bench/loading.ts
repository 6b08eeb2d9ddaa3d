// Work that puts load on an appliance for somebody who watches: known while it goes on, stopped by its id or when nobody
// reads it any more, told of as it comes.
import type { Connection } from '../../../shared/domain/connection.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Opening } from '../access/opening.ts'
import type { Core } from '../context.ts'
import { heardEvents } from '../heard-events.ts'
import { refuse } from '../refusal.ts'

export type Loading<E> = {
  readonly stop: AbortSignal
  readonly hear: (event: E) => void
  /** What from now on has a load of it. */
  readonly loads: ReturnType<Core['benches']['begin']>['loads']
}

type Wish<E, R> = {
  readonly id: string
  readonly left: AbortSignal | undefined
  readonly work: (connection: Connection, loading: Loading<E>) => Promise<Result<R>>
}

/** The last event has the result. Throws a refusal where it came to nothing. Two of one id could not be told apart. */
export async function* loading<E, R>(
  core: Core,
  opening: Opening,
  { id, left, work }: Wish<E, R>,
): AsyncGenerator<E | { readonly event: 'result'; readonly result: R }> {
  if (core.benches.isGoing(id)) throw new Error(`${id} goes on already`)
  const stop = new AbortController()
  const { loads, over } = core.benches.begin(id, opening.address, stop)
  const result = yield* heardEvents({
    begin: (hear: (event: E) => void) =>
      core.sessions
        .withConnection(opening, (connection) => work(connection, { stop: stop.signal, hear, loads }))
        .finally(over),
    left,
    stop: () => stop.abort(),
  })
  if (result === undefined) return
  if (!result.ok) throw refuse(result.failure)
  yield { event: 'result', result: result.value }
}

/** By its id: a benchmark, a canary, an acceptance, an evaluation. */
export function stopLoad({ benches }: Pick<Core, 'benches'>, id: string): Result<{ running: boolean }> {
  return ok({ running: benches.stop(id) })
}

/**
 * What is usual, but for what somebody says. Without a seed of theirs no two have the same prompts: the one before would
 * have filled the caches.
 */
export function settled<U extends object, W extends object>({ tools }: Core, usual: U, wish: W): object {
  const seed = Number.parseInt(tools.randomId(), 16) >>> 1
  const said = Object.entries(wish).filter(([, value]) => value !== undefined)
  return { ...usual, seed, ...Object.fromEntries(said) }
}
