// A run that ended, one of three ways: stopped before its end, everything taken away, or set up and proven.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import type { Continuing } from './continue-run.tsx'
import { RunProof } from './run-proof.tsx'
import { RunRemoved } from './run-removed.tsx'
import type { RunEnd, RunState } from './run-state.ts'
import { RunStopped } from './run-stopped.tsx'

export type RunEndedProps = {
  readonly plan: Plan
  readonly run: RunState
  /** The newest that was heard of the copying, where this window was there to hear it. */
  readonly progress: RunProgress | undefined
  readonly end: RunEnd
  readonly target: Target
  /** Why nothing came after the end of the run, where something should have. */
  readonly unproven: Failure | undefined
  readonly continuing: Continuing
  readonly onDone: () => void
  readonly onLogIn: () => void
}

export function RunEnded(props: RunEndedProps) {
  const { failure } = props.end
  if (failure !== undefined) return <RunStopped {...props} failure={failure} />
  return props.plan.purpose.act === 'uninstall' ? <RunRemoved {...props} /> : <RunProof {...props} />
}
