// About the fixed questions that a model service is asked: the form of their sentences in every language.
import type {
  CanaryCause,
  CanaryEnd,
  CanaryHead,
  CanaryProblem,
  CanaryQuestion,
  CanaryQuestionId,
  CanaryResult,
} from '../domain/canary.ts'
import type { CanarySet } from '../domain/canary-set.ts'

export type CanaryWords = {
  /** What is asked, and which questions. */
  readonly subject: (head: Pick<CanaryHead, 'canaryId' | 'subject'>) => string
  /** What passing this set means, and what it does not. */
  readonly sets: { readonly [S in CanarySet]: string }
  readonly questions: { readonly [Q in CanaryQuestionId]: string }
  readonly problems: { readonly [P in CanaryProblem]: string }
  /** A line of a question: its mark, what it is about, what is wrong, how fast it was. */
  readonly question: (question: CanaryQuestion) => string
  /** What was seen of it. */
  readonly detail: (text: string) => string
  readonly says: (text: string) => string
  readonly asking: (name: string) => string
  readonly verdict: (head: Pick<CanaryHead, 'verdict' | 'asked' | 'failed'>) => string
  readonly baseline: (baseline: NonNullable<CanaryResult['baseline']>) => string
  readonly noBaseline: string
  readonly ends: { readonly [E in CanaryEnd]: string | undefined }
  readonly kept: (canaryId: string) => string
  readonly stopping: string
  /** One line of a list. */
  readonly head: (head: CanaryHead) => string
  readonly causes: { readonly [C in CanaryCause]: string }
  readonly nothing: string
  readonly noService: string
  readonly accepted: (canaryId: string) => string
}
