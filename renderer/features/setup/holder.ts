// Whose run holds an appliance now: asked of its journal before a plan is approved, or told by the failure to begin.
import type { Failure } from '../../../shared/domain/failure.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'

export type Holder = { readonly who: string; readonly runId: string }

const askEveryMs = 10_000

/** Undefined where nobody is known to hold it. */
export function useHolder(name: string, failure: Failure | undefined): Holder | undefined {
  const { product } = useConsole()
  const { answer } = useAnswer({
    key: ['setup.lastRun', name],
    ask: () => product.setup.lastRun({ target: { by: 'name', name } }),
    everyMs: askEveryMs,
  })
  if (failure?.kind === 'run-in-progress') return { who: failure.holder, runId: failure.runId }
  if (answer.state !== 'answered' || answer.value?.state !== 'running') return undefined
  return { who: answer.value.who, runId: answer.value.run }
}
