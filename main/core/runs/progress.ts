// The applies that run in this process: where each is now, and the way to cancel one.
import type { RunProgress } from '../../../shared/domain/run.ts'
import { type NewestValue, newestValue } from '../newest-value.ts'

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

type Run = { readonly progress: NewestValue<RunProgress>; readonly stop: AbortController }

export function runsInProgress(): RunsInProgress {
  const runs = new Map<string, Run>()
  return {
    begin(planId) {
      const run: Run = { progress: newestValue(), stop: new AbortController() }
      runs.set(planId, run)
      return {
        signal: run.stop.signal,
        show: run.progress.show,
        end() {
          runs.delete(planId)
          run.progress.end()
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
      if (run !== undefined) yield* run.progress.follow(signal)
    },
  }
}
