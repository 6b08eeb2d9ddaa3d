// Knows which runs are going on, by asking the core again and again: an icon, a question at the end and sleep
// depend on it. An answer that does not come leaves what was known.
import type { ConsoleRun } from '../../../shared/domain/run.ts'

export type RunWatch = {
  /** Asks now. */
  look(): Promise<readonly ConsoleRun[]>
  stop(): void
}

export type RunWatchParts = {
  /** Undefined when there is no answer now. */
  readonly read: () => Promise<readonly ConsoleRun[] | undefined>
  readonly pause: (signal: AbortSignal) => Promise<void>
  readonly onLook: (runs: readonly ConsoleRun[]) => void
}

export function watchRuns({ read, pause, onLook }: RunWatchParts): RunWatch {
  const stopped = new AbortController()
  let known: readonly ConsoleRun[] = []
  const look = async () => {
    known = (await read()) ?? known
    if (!stopped.signal.aborted) onLook(known)
    return known
  }
  const watch = async () => {
    while (!stopped.signal.aborted) {
      await look()
      await pause(stopped.signal)
    }
  }
  void watch()
  return { look, stop: () => stopped.abort() }
}
