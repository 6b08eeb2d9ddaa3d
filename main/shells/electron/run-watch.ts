// Knows what is going on, by asking the core again and again: an icon, a question at the end and sleep
// depend on it. An answer that does not come leaves what was known.
import type { AtWork } from '../../core/link/own-runs.ts'

export type RunWatch = {
  /** Asks now. */
  look(): Promise<AtWork>
  stop(): void
}

export type RunWatchParts = {
  /** Undefined when there is no answer now. */
  readonly read: () => Promise<AtWork | undefined>
  readonly pause: (signal: AbortSignal) => Promise<void>
  readonly onLook: (work: AtWork) => void
}

export function watchRuns({ read, pause, onLook }: RunWatchParts): RunWatch {
  const stopped = new AbortController()
  let known: AtWork = { runs: [], rollouts: [] }
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
