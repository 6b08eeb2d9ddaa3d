// Locks by itself when no secret was used for a while. Two clocks are asked: one that runs forward wakes it, and
// the calendar notices a computer that slept meanwhile.
export type IdleLock = {
  /** A secret was used just now, or may be from now on. */
  used(): void
  /** Whether the time was over unnoticed. */
  overdue(): boolean
  stop(): void
}

export type IdleTools = {
  /** UTC, ISO 8601. */
  readonly now: () => string
  /** Resolves early when the signal aborts. */
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

/** `milliseconds` undefined: it never does. */
export function idleLock(milliseconds: number | undefined, { now, pause }: IdleTools, lock: () => void): IdleLock {
  let waiting: AbortController | undefined
  let usedAt = 0
  const stop = () => {
    waiting?.abort()
    waiting = undefined
  }
  return {
    stop,
    overdue: () => milliseconds !== undefined && waiting !== undefined && Date.parse(now()) - usedAt >= milliseconds,
    used() {
      stop()
      if (milliseconds === undefined) return
      const mine = new AbortController()
      waiting = mine
      usedAt = Date.parse(now())
      void pause(milliseconds, mine.signal).then(() => {
        if (waiting === mine) lock()
      })
    },
  }
}
