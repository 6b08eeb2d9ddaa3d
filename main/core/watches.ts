// The appliances that this console watches or has watched lately: what was seen of each, and the sampling while it goes
// on (observe.ts).
import type { WatchItem } from '../../shared/domain/sample.ts'
import type { Series } from '../observe/series.ts'
import type { Opening } from './access/opening.ts'
import type { OwnProbes } from './background/passed-over.ts'
import type { NewestValue } from './newest-value.ts'

export type Watch = {
  opening: Opening
  readonly series: Series
  sampling: Sampling | undefined
  /** When each model last finished requests of its users without an error, in milliseconds of the forward clock. */
  readonly served: Map<string, number>
  /** When this console last asked each model itself, and what came of it. */
  readonly asked: OwnProbes
}

export type Sampling = {
  readonly items: NewestValue<WatchItem>
  readonly stop: AbortController
  /** People in front of a page or a terminal. */
  watchers: number
  /** The background, which wants samples less often. */
  keepers: number
  pace: { readonly seconds: number; readonly over: AbortController }
  newest: WatchItem | undefined
  /** Runs while nobody watches; aborted by the next watcher. */
  lingering: AbortController | undefined
  /** Wakes a sampling that waits for a person. */
  askAgain: () => void
}

/** By address and login. */
export type Watches = Map<string, Watch>

export function noWatches(): Watches {
  return new Map()
}

/** For the end of the console; watchers' streams end. */
export function stopWatches({ watches }: { readonly watches: Watches }): void {
  for (const watch of watches.values()) endSampling(watch)
}

/** Readers end at once, also while a dial that nobody waits for any more goes on. */
export function endSampling(watch: Watch): void {
  const { sampling } = watch
  watch.sampling = undefined
  sampling?.lingering?.abort()
  sampling?.stop.abort()
  sampling?.items.end()
}
