// A service that can be asked, with what, and who asks it: what the runner and its askers know of one another.
import type { CanaryEvent, CanaryQuestion, CanaryQuestionId } from '../../../shared/domain/canary.ts'
import type { CanarySet } from '../../../shared/domain/canary-set.ts'
import type { ModelProof } from '../../../shared/domain/deployment.ts'
import type { Clock } from '../bounded-body.ts'

export type CanaryService = {
  readonly proof: ModelProof
  readonly set: CanarySet
  /** It is said to call tools. */
  readonly callsTools: boolean
}

export type CanaryTools = {
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly hear: (event: CanaryEvent) => void
  /** False once somebody else may be at work there. */
  readonly held: () => boolean
  /** A person asked for what the answers say. */
  readonly keepsAnswers: boolean
}

/** What one question came to. */
export type Asker = {
  readonly questions: readonly CanaryQuestionId[]
  /** `secondsLeft`: of all of it. */
  ask(question: CanaryQuestionId, secondsLeft: number): Promise<CanaryQuestion>
}
