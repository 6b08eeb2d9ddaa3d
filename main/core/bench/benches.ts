// The benchmarks that go on now. Whoever watches an appliance asks here whether what it sees there is a load of our own.
import type { Address } from '../../../shared/domain/appliance.ts'

type Place = Pick<Address, 'host' | 'port'>
/** Names of deployments; `all`: through a gateway, whichever it leads to. */
type Load = readonly string[] | 'all'

export type Benches = {
  /** Known from now on until `over` is called; `loads` says what from then on has a load of its. */
  begin(
    benchId: string,
    place: Place,
    stop: AbortController,
  ): { readonly loads: (load: Load) => void; readonly over: () => void }
  /** Whether the deployment there has a load of ours, or had one since then, by the clock that only runs forward. */
  isLoaded(place: Place, deployment: string, sinceMs?: number): boolean
  isGoing(benchId: string): boolean
  /** False where none of that id goes on. */
  stop(benchId: string): boolean
  /** The console ends. */
  stopAll(): void
  /** Resolves when none goes on. */
  idle(): Promise<void>
}

type Going = { readonly stop: AbortController; readonly over: Promise<void> }
type Loaded = { readonly place: string; readonly load: Load; readonly untilMs: number }

export function benchesGoing(clock: () => number): Benches {
  const going = new Map<string, Going>()
  /** By the benchmark; of a place only the last one that is over. */
  const loaded = new Map<string, Loaded>()
  const keyOf = ({ host, port }: Place) => `${host} ${port}`
  return {
    begin(benchId, at, stop) {
      const place = keyOf(at)
      let end = (): void => undefined
      const over = new Promise<void>((resolve) => {
        end = resolve
      })
      going.set(benchId, { stop, over })
      return {
        loads(load) {
          for (const [id, one] of loaded) if (one.place === place && !going.has(id)) loaded.delete(id)
          loaded.set(benchId, { place, load, untilMs: Number.POSITIVE_INFINITY })
        },
        over() {
          going.delete(benchId)
          const own = loaded.get(benchId)
          if (own !== undefined) loaded.set(benchId, { ...own, untilMs: clock() })
          end()
        },
      }
    },
    isLoaded: (place, deployment, sinceMs = Number.POSITIVE_INFINITY) =>
      [...loaded.values()].some(
        (one) =>
          one.place === keyOf(place) && (one.load === 'all' || one.load.includes(deployment)) && one.untilMs >= sinceMs,
      ),
    isGoing: (benchId) => going.has(benchId),
    stop(benchId) {
      const one = going.get(benchId)
      one?.stop.abort()
      return one !== undefined
    },
    stopAll() {
      for (const { stop } of going.values()) stop.abort()
    },
    async idle() {
      await Promise.all([...going.values()].map(({ over }) => over))
    },
  }
}
