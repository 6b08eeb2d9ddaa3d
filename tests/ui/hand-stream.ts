// A stream whose items a test hands out one by one, to everybody who has opened it, and which it ends or breaks.
import { flows } from './gallery/pretend-console.ts'

export type HandStream<T> = {
  /** For a script: `{ setup: { follow: stream.call } }`. Each opening gets all items from the first one on. */
  readonly call: ReturnType<typeof flows<T>>
  give(...items: T[]): void
  end(): void
  /** How many have it open now. */
  open(): number
}

export function handStream<T>(): HandStream<T> {
  const items: T[] = []
  const wakes = new Set<() => void>()
  let over = false
  let opened = 0
  const wakeAll = () => {
    for (const wake of wakes) wake()
  }
  async function* read(signal: AbortSignal | undefined): AsyncGenerator<T, void> {
    opened += 1
    signal?.addEventListener('abort', wakeAll)
    try {
      for (let place = 0; signal?.aborted !== true; ) {
        const item = items[place]
        if (item !== undefined) {
          place += 1
          yield item
        } else if (over) return
        else await nextWake()
      }
    } finally {
      opened -= 1
      signal?.removeEventListener('abort', wakeAll)
    }
  }
  function nextWake(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        wakes.delete(wake)
        resolve()
      }
      wakes.add(wake)
    })
  }
  return {
    call: flows(read),
    give(...more) {
      items.push(...more)
      wakeAll()
    },
    end() {
      over = true
      wakeAll()
    },
    open: () => opened,
  }
}
