// The sentences of the product, in one typed set per language: a failure, verdict, step or reason
// without a text does not compile. The core returns codes and data; only this folder makes sentences.
import type { Rejection } from '../domain/choice.ts'
import type { FailureKind, FailureOf } from '../domain/failure.ts'
import type { StepKindName, StepReason } from '../domain/plan.ts'
import type { RungName, VerdictReason, VerdictState } from '../domain/verdict.ts'

export type Language = 'en' | 'zh-CN'

/** What happened and where, and what to do next. */
export type FailureText = { readonly what: string; readonly next: string }

export type FailureWords = { readonly [K in FailureKind]: (failure: FailureOf<K>) => FailureText }

export type RejectionWords = {
  readonly [K in Rejection['reason']]: (rejection: Extract<Rejection, { reason: K }>) => string
}

/** What the CLI says around results. */
export type CliWords = {
  readonly help: string
  readonly planFor: (solution: string, where: string) => string
  readonly unsigned: string
  readonly variantChosen: (service: string, variant: string) => string
  readonly notVerified: string
  readonly memoryNeed: (need: string, available: string) => string
  readonly instead: string
  readonly planSum: (changed: number, unchanged: number, upload: string) => string
  readonly blocked: string
  readonly interrupts: string
  readonly approve: string
  readonly waitingForLock: (holder: string) => string
  readonly done: string
  readonly already: string
  readonly failed: string
  readonly sent: (done: string, total: string, rate: string) => string
  readonly proof: (ttft: string, rate: string, tokens: number) => string
  readonly guestsLeft: (guests: number) => string
  readonly hardware: { readonly [K in HardwareLabel]: string }
  readonly none: string
  /** "name: value", and several things after one another, in the language's own punctuation. */
  readonly pair: (name: string, value: string) => string
  readonly list: (parts: readonly string[]) => string
  readonly unreadable: (why: string) => string
  readonly stillToDo: (steps: string) => string
  /** Before bytes are sent from a computer that runs on a weak battery. */
  readonly weakBattery: (percent: number) => string
  readonly savedAs: (name: string) => string
  /** After the first Ctrl-C in a run. */
  readonly stopping: string
  /** Before a password is typed unseen. */
  readonly typePassword: string
}

export type HardwareLabel =
  | 'system'
  | 'processor'
  | 'memory'
  | 'disk'
  | 'engine'
  | 'accelerators'
  | 'driver'
  | 'deployments'
  | 'privilege'

export type Words = {
  readonly cli: CliWords
  readonly failures: FailureWords
  readonly rejections: RejectionWords
  readonly verdicts: { readonly [K in VerdictState]: string }
  readonly verdictReasons: { readonly [K in VerdictReason]: string }
  readonly rungs: { readonly [K in RungName]: string }
  /** A step as an act: "Load the image llama-server". */
  readonly steps: { readonly [K in StepKindName]: (subject: string) => string }
  readonly stepReasons: { readonly [K in StepReason]: string }
}

export function rejectionText(rejection: Rejection, words: RejectionWords): string {
  return (words[rejection.reason] as (r: Rejection) => string)(rejection)
}
