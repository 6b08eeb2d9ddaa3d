// A value that many readers follow, each at its own pace: everybody sees the newest one, and nobody what was
// replaced meanwhile. A slow reader costs nothing, and the source never waits (stream kind `latest`).
export type NewestValue<T> = {
  show(value: T): void
  /** Readers end; with a bug they throw it. The first end counts. */
  end(bug?: unknown): void
  /** The newest value at once, then every change, until the end or until the signal aborts. */
  follow(signal?: AbortSignal): AsyncGenerator<T>
}

export function newestValue<T>(): NewestValue<T> {
  const wakes = new Set<() => void>()
  let newest: { readonly value: T } | undefined
  let ended: { readonly bug: unknown } | undefined
  return {
    show(value) {
      newest = { value }
      wakeAll(wakes)
    },
    end(bug) {
      ended ??= { bug }
      wakeAll(wakes)
    },
    async *follow(signal) {
      let shown: { readonly value: T } | undefined
      while (signal?.aborted !== true) {
        if (newest !== undefined && newest !== shown) {
          shown = newest
          yield shown.value
          continue
        }
        if (ended !== undefined && ended.bug !== undefined) throw ended.bug
        if (ended !== undefined) return
        await nextChange(wakes, signal)
      }
    },
  }
}

/** What work shows of itself, until it has ended; a bug of it is thrown. It is stopped with its only reader. */
export async function* followWork<T>(
  work: (show: (value: T) => void, stop: AbortSignal) => Promise<void>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  const progress = newestValue<T>()
  const stop = new AbortController()
  work(progress.show, stop.signal).then(
    () => progress.end(),
    (bug) => progress.end(bug),
  )
  try {
    yield* progress.follow(signal)
  } finally {
    stop.abort()
  }
}

export function wakeAll(wakes: ReadonlySet<() => void>): void {
  for (const wake of [...wakes]) wake()
}

/** Resolves when somebody calls one of the wakes, or the signal aborts. */
export function nextChange(wakes: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      wakes.delete(wake)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    wakes.add(wake)
    signal?.addEventListener('abort', wake)
  })
}
