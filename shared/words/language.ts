// Which language a locale asks for, and what the core returned in the words of a set.
import type { Drift } from '../domain/drift.ts'
import type { Failure } from '../domain/failure.ts'
import type { PlanStep } from '../domain/plan.ts'
import type { FailureText } from './failure-words.ts'
import type { Language, Words } from './words.ts'

/** From a locale such as "zh_CN.UTF-8" or "en-GB"; English where it is not Chinese. */
export function languageOfLocale(locale: string | undefined): Language {
  return /^zh/i.test(locale ?? '') ? 'zh-CN' : 'en'
}

export function failureText(failure: Failure, words: Words): FailureText {
  return (words.failures[failure.kind] as (f: Failure) => FailureText)(failure)
}

export function stepText(step: PlanStep, words: Words): string {
  return words.steps[step.spec.kind](step.id.slice(step.spec.kind.length + 1))
}

export function driftText({ what, deployment, of, was, now }: Drift, { upkeep }: Words): string {
  return upkeep.driftFromTo(upkeep.drift[what](deployment ?? of ?? ''), was, now)
}
