// About measuring a service under load: the form of its sentences in every language.
import type {
  BenchComparison,
  BenchEnd,
  BenchEvent,
  BenchFigure,
  BenchHead,
  BenchLevel,
  BenchResult,
  BenchSettings,
  BrokenLimit,
  RequestProblem,
} from '../domain/bench.ts'

type OtherSetting = BenchComparison['otherSettings'][number]
type Progress = Extract<BenchEvent, { event: 'progress' }>

export type BenchWords = {
  /** What is measured, and on what. */
  readonly subject: (head: Pick<BenchHead, 'benchId' | 'subject'>) => string
  /** Prompt, answer and limits. */
  readonly settings: (settings: BenchSettings) => string
  readonly warm: (promptTokens: number | undefined, wayMs: number | undefined) => string
  readonly upTo: string
  readonly uncounted: string
  readonly repeated: string
  readonly progress: (progress: Progress) => string
  /** Of the time between tokens. */
  readonly tooShort: string
  /** One line of figures. */
  readonly level: (level: BenchLevel) => string
  readonly failed: (problems: Partial<Record<RequestProblem, number>>, said: string | undefined) => string
  readonly short: string
  readonly breaks: { readonly [B in BrokenLimit]: string }
  readonly supports: (supports: NonNullable<BenchResult['supports']>, settings: BenchSettings) => string
  readonly ends: { readonly [E in BenchEnd]: string | undefined }
  readonly kept: (benchId: string) => string
  readonly stopping: string
  /** One line of a list: when, what, how many. */
  readonly head: (head: BenchHead) => string
  readonly nothing: string
  readonly figures: { readonly [F in BenchFigure]: string }
  readonly users: (users: number) => string
  readonly row: (row: BenchComparison['rows'][number], name: string) => string
  readonly changes: { readonly [C in 'better' | 'worse' | 'same']: string }
  readonly otherSettings: (names: readonly OtherSetting[]) => string
  readonly otherService: string
}
