// About evaluating a model with a set of questions: the form of its sentences in every language.
import type {
  EvaluationComparison,
  EvaluationEnd,
  EvaluationEvent,
  EvaluationHead,
  EvaluationResult,
  EvaluationScore,
  EvaluationSettings,
  EvaluationUnlike,
} from '../domain/evaluation.ts'
import type { EvaluationSetHead, FoundSet, ItemFault, RefusedItem } from '../domain/evaluation-set.ts'

export type EvaluationProgress = Extract<EvaluationEvent, { event: 'progress' }>
export type EvaluationDifference = NonNullable<EvaluationComparison['difference']>

export type EvaluationWords = {
  /** What is asked: which model, of which bytes, on which runtime. */
  readonly subject: (head: Pick<EvaluationHead, 'evaluationId' | 'subject'>) => string
  /** Of a set: its name, how many questions, and its digest. */
  readonly set: (set: EvaluationSetHead) => string
  /** The same, as short as a choice among several has to be. */
  readonly choice: (set: EvaluationSetHead) => string
  /** What the built-in set is for, and what it does not say. */
  readonly smoke: string
  /** What a score on any set does not say. */
  readonly caveat: string
  readonly smokeName: string
  /** A sample, with the seed that draws it again; undefined where all is asked. */
  readonly sample: (settings: EvaluationSettings, planned: number) => string | undefined
  readonly goesOn: (asked: number, planned: number) => string
  readonly progress: (progress: EvaluationProgress) => string
  /** How many were right, of how many, and the interval. */
  readonly score: (score: EvaluationScore) => string
  readonly unreadable: (count: number) => string
  readonly failed: (count: number) => string
  readonly category: (name: string, score: EvaluationScore) => string
  readonly thinks: string
  readonly ends: { readonly [E in EvaluationEnd]: string | undefined }
  readonly took: (result: Pick<EvaluationResult, 'seconds' | 'resumed'>) => string
  readonly kept: (evaluationId: string) => string
  readonly resumable: (evaluationId: string) => string
  readonly stopping: string
  /** One line of a list. */
  readonly head: (head: EvaluationHead) => string
  readonly nothing: string
  readonly faults: { readonly [F in ItemFault]: string }
  readonly brought: (set: EvaluationSetHead) => string
  readonly refusal: (refused: RefusedItem) => string
  readonly moreRefused: (count: number) => string
  readonly found: (found: FoundSet) => string
  /** Of the questions that both were asked: how many each had right, and how far that differs. */
  readonly difference: (difference: EvaluationDifference) => string
  readonly told: { readonly [T in EvaluationDifference['told']]: string }
  readonly notComparable: string
  /** What else differs; undefined where nothing does. */
  readonly unlike: (unlike: readonly EvaluationUnlike[]) => string | undefined
}
