// The form of a question to a model that chats: what it is asked, what its answer has to be like, and what is only missed
// where an accepted answer had it. Demanded is what every instruct model of half a billion parameters and more does.
import type { CanaryProblem, CanaryQuestionId } from '../../domain/canary.ts'
import type { HeardAnswer } from './heard-answer.ts'
import type { AnswerLanguage } from './text-faults.ts'

export type Demand = { readonly problem: CanaryProblem; readonly holds: (answer: HeardAnswer) => boolean }

export type Hope = {
  /** Of the question's own. */
  readonly name: string
  /** What its loss is called. */
  readonly problem: CanaryProblem
  readonly holds: (answer: HeardAnswer) => boolean
  /** Its loss alone is a failure: a model that refused, and now does not. */
  readonly isGrave?: true
}

export type ChatQuestion = {
  readonly id: CanaryQuestionId
  readonly system?: string
  readonly asked: string
  /** Of what it says; one that thinks gets more. */
  readonly maxTokens: number
  /** Missing: whatever it says, it only has to be sound. */
  readonly language?: AnswerLanguage
  /** Shorter ones were cut. */
  readonly leastCharacters?: number
  readonly demands: readonly Demand[]
  readonly hopes: readonly Hope[]
  /** As OpenAI's `tools`; asked only of a model that is said to call them. */
  readonly tools?: readonly object[]
  /** The same question as that one, whose answer has to come again. */
  readonly repeats?: CanaryQuestionId
}

export function says(pattern: RegExp): Demand['holds'] {
  return (answer) => pattern.test(answer.says.normalize('NFKC'))
}

export function saysNot(pattern: RegExp): Demand['holds'] {
  return (answer) => !pattern.test(answer.says.normalize('NFKC'))
}
