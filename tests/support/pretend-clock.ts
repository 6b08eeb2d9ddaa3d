// Time that passes only when a test says so. Whoever pauses is woken in the order of time, and everything that
// follows from it has happened before the next one wakes.
import { setImmediate as settled } from 'node:timers/promises'

/** When every such clock is made. */
export const pretendStart = '2026-11-22T08:00:00Z'

export type PretendClock = {
  /** Milliseconds since the clock was made. */
  clock(): number
  /** ISO 8601. */
  now(): string
  nowMs(): number
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>
  advance(milliseconds: number): Promise<void>
  /** How many pauses wait now. */
  waiting(): number
}

type Sleeper = { readonly at: number; readonly wake: () => void }

export function pretendClock(): PretendClock {
  const startMs = Date.parse(pretendStart)
  const sleepers = new Set<Sleeper>()
  let now = 0
  const firstBefore = (end: number) => [...sleepers].filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0]
  return {
    clock: () => now,
    nowMs: () => startMs + now,
    now: () => new Date(startMs + now).toISOString(),
    waiting: () => sleepers.size,
    pause: (milliseconds, signal) =>
      new Promise((resolve) => {
        const sleeper: Sleeper = {
          at: now + milliseconds,
          wake: () => {
            sleepers.delete(sleeper)
            signal?.removeEventListener('abort', sleeper.wake)
            resolve()
          },
        }
        if (signal?.aborted === true) return resolve()
        sleepers.add(sleeper)
        signal?.addEventListener('abort', sleeper.wake)
      }),
    async advance(milliseconds) {
      const end = now + milliseconds
      await settled()
      for (let sleeper = firstBefore(end); sleeper !== undefined; sleeper = firstBefore(end)) {
        now = Math.max(now, sleeper.at)
        sleeper.wake()
        await settled()
      }
      now = end
      await settled()
    },
  }
}
