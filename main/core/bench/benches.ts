// The benchmarks that go on now. Whoever watches an appliance asks here whether what it sees there is a load of our own.
import type { Address } from '../../../shared/domain/appliance.ts'

type Place = Pick<Address, 'host' | 'port'>

export type Benches = {
  /** Known from now on until what it returns is called. */
  begin(benchId: string, place: Place, stop: AbortController): () => void
  isAt(place: Place): boolean
  /** At some time since then, by the clock that only runs forward. */
  wasAt(place: Place, sinceMs: number): boolean
  /** False where none of that id goes on. */
  stop(benchId: string): boolean
  /** The console ends. */
  stopAll(): void
  /** Resolves when none goes on. */
  idle(): Promise<void>
}

type Going = { readonly place: Place; readonly stop: AbortController; readonly over: Promise<void> }

export function benchesGoing(clock: () => number): Benches {
  const going = new Map<string, Going>()
  /** By place. */
  const lastMs = new Map<string, number>()
  const keyOf = ({ host, port }: Place) => `${host} ${port}`
  const isAt = (place: Place) => [...going.values()].some((one) => keyOf(one.place) === keyOf(place))
  return {
    begin(benchId, place, stop) {
      let end = (): void => undefined
      const over = new Promise<void>((resolve) => {
        end = resolve
      })
      going.set(benchId, { place, stop, over })
      return () => {
        going.delete(benchId)
        lastMs.set(keyOf(place), clock())
        end()
      }
    },
    isAt,
    wasAt: (place, sinceMs) => isAt(place) || (lastMs.get(keyOf(place)) ?? Number.NEGATIVE_INFINITY) >= sinceMs,
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
