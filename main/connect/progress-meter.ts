// Counts an upload's bytes and reports them at most five times a second, the last state always.
import type { PutProgress } from '../../shared/domain/connection.ts'

const intervalMilliseconds = 200

export type ProgressMeter = {
  sent(bytes: number): void
  /** So many bytes are over there in all. */
  doneIs(bytes: number): void
  sentBytes(): number
  flush(): void
}

export function progressMeter(totalBytes: number, report: (progress: PutProgress) => void): ProgressMeter {
  let sentBytes = 0
  let doneBytes = 0
  let reportedAt = Number.NEGATIVE_INFINITY
  let unreported = false
  const flush = (): void => {
    if (!unreported) return
    unreported = false
    reportedAt = performance.now()
    report({ sentBytes, doneBytes, totalBytes })
  }
  const moved = (): void => {
    unreported = true
    if (performance.now() - reportedAt >= intervalMilliseconds) flush()
  }
  return {
    sent: (bytes) => {
      sentBytes += bytes
      moved()
    },
    doneIs: (bytes) => {
      doneBytes = bytes
      moved()
    },
    sentBytes: () => sentBytes,
    flush,
  }
}
