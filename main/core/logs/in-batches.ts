// What comes within a moment travels together: a fast log is not one message a line, and a slow one is not late.

const momentMilliseconds = 40

type Batching<T> = {
  /** From so much on it goes at once. */
  readonly enough: (batch: readonly T[]) => boolean
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

/** Returns what `items` returned. Whoever leaves early has to end `items` elsewhere: its next ones are awaited here. */
export async function* inBatches<T, R>(
  items: AsyncGenerator<readonly T[], R>,
  { enough, pause }: Batching<T>,
): AsyncGenerator<readonly T[], R> {
  let coming = items.next()
  for (;;) {
    const first = await coming
    if (first.done === true) return first.value
    const batch = [...first.value]
    coming = items.next()
    const early = new AbortController()
    const moment = pause(momentMilliseconds, early.signal).then(() => 'over' as const)
    while (!enough(batch)) {
      const next = await Promise.race([coming, moment])
      if (next === 'over' || next.done === true) break
      batch.push(...next.value)
      coming = items.next()
    }
    early.abort()
    if (batch.length > 0) yield batch
  }
}
