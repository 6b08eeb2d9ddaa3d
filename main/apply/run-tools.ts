// What a run needs besides the appliance and the plan: its name, the clock, and those who ask, wait and send for it.
import type { Asked, AskGroup } from '../../shared/apply/asked.ts'
import type { SecretInput } from '../../shared/apply/step-kind.ts'
import type { Artifact } from '../../shared/domain/artifact.ts'
import type { Secret } from '../../shared/domain/command.ts'
import type { ByteSource } from '../../shared/domain/connection.ts'
import type { Failure, Result } from '../../shared/domain/failure.ts'
import type { PlanStep } from '../../shared/domain/plan.ts'
import type { RunEvent, RunProgress } from '../../shared/domain/run.ts'

/** Why the run must not wait any longer, asked while it waits. */
export type Stop = () => Failure | undefined

export type RunTools = {
  readonly runId: string
  readonly who: string
  /** UTC, ISO 8601: when this run was started, by the console's clock. */
  readonly at: string
  /** Whether the appliance is still as the plan found it; asked once the lock is held. */
  readonly checkPremises: () => Promise<Result<void>>
  readonly ask: (groups: readonly AskGroup[]) => Promise<Result<Asked>>
  /** Asked right before a step that interrupts a service: says what it waits for; a failure ends the run there. */
  readonly beforeInterruption?: (step: PlanStep, stop: Stop) => AsyncGenerator<RunEvent, Failure | undefined>
  readonly source: (artifact: Artifact) => ByteSource
  /** What a step's commands read that no plan holds; absent: this run has no such step. */
  readonly secretInput?: (wanted: SecretInput) => Promise<Result<Secret>>
  readonly onProgress: (progress: RunProgress) => void
  /** What its uploads may take of the network. */
  readonly limitBytesPerSecond?: number | undefined
  readonly pause: (milliseconds: number) => Promise<void>
  readonly clock: () => number
  readonly signal: AbortSignal
  /** Journaled also where nothing is left to change: the run before it did not say how it ended. */
  readonly closesAnother?: boolean
  /** The run whose live console loses the appliance to this one, as a person typed it. */
  readonly takesOver?: string | undefined
}
