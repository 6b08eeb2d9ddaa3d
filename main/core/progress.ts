// The applies that run in this process: where each is now, and the way to cancel one. The newest value
// replaces what nobody has read yet (stream kind `latest`), so a slow reader costs nothing and a fast
// source never waits.
import type { RunProgress } from '../../shared/domain/run.ts'

export type RunsInProgress = {
  begin(planId: string): RunTicker
  /** Ends at once when no run of this plan is going on. */
  follow(planId: string, signal?: AbortSignal): AsyncGenerator<RunProgress>
  /** Asks the run to stop after its current step; false when no run of this plan is going on. */
  cancel(planId: string): boolean
}

export type RunTicker = {
  /** Aborted when somebody cancelled the run. */
  readonly signal: AbortSignal
  show(progress: RunProgress): void
  end(): void
}

type Run = { newest: RunProgress | undefined; ended: boolean; wake: Set<() => void>; stop: AbortController }

export function runsInProgress(): RunsInProgress {
  const runs = new Map<string, Run>()
  const wakeAll = (run: Run) => {
    for (const wake of run.wake) wake()
  }
  return {
    begin(planId) {
      const run: Run = { newest: undefined, ended: false, wake: new Set(), stop: new AbortController() }
      runs.set(planId, run)
      return {
        signal: run.stop.signal,
        show(progress) {
          run.newest = progress
          wakeAll(run)
        },
        end() {
          run.ended = true
          runs.delete(planId)
          wakeAll(run)
        },
      }
    },
    cancel(planId) {
      const run = runs.get(planId)
      run?.stop.abort()
      return run !== undefined
    },
    async *follow(planId, signal) {
      const run = runs.get(planId)
      let shown: RunProgress | undefined
      while (run !== undefined && signal?.aborted !== true) {
        if (run.newest !== undefined && run.newest !== shown) {
          shown = run.newest
          yield shown
          continue
        }
        if (run.ended) return
        await nextChange(run, signal)
      }
    },
  }
}

/** Resolves when somebody calls a wake, or the signal aborts. */
export function nextChange(run: { readonly wake: Set<() => void> }, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      run.wake.delete(wake)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    run.wake.add(wake)
    signal?.addEventListener('abort', wake)
  })
}
