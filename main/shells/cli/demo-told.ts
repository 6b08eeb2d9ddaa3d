// What a played demo has to tell: one record, filled as its stages go by, printed as the one JSON result.
import type { DemoPreset, DrillName } from '../../../shared/domain/demo.ts'
import type { VerdictState } from '../../../shared/domain/verdict.ts'
import type { DemoStage } from '../../../shared/words/words.ts'
import type { DemoWish } from './demo-arguments.ts'

/** What goes wrong on the way, on purpose. */
export const playedDrill: DrillName = 'kill-runtime'

/** Null is what was not reached, or could not be measured. */
export type DemoTold = {
  readonly demo: true
  readonly preset: DemoPreset
  name: string | null
  /** What was set up on it, and from where. */
  solution: string | null
  readonly bundle: string
  readonly kept: boolean
  readonly steps: { readonly step: DemoStage; readonly milliseconds: number }[]
  devices: number | null
  /** Before the drill, in it, and after it was mended. */
  verdict: VerdictState | null
  readonly drill: DrillName
  verdictInDrill: VerdictState | null
  verdictAfter: VerdictState | null
  ttftMs: number | null
  tokensPerSecond: number | null
  changed: number | null
  unchanged: number | null
  sentBytes: number | null
  samples: number | null
  highestUtilizationPercent: number | null
  /** What the plan after all that would change. */
  changedAgain: number | null
}

export function nothingTold({ preset, keep }: DemoWish, bundle: string): DemoTold {
  return {
    ...{ demo: true, preset, name: null, solution: null, bundle, kept: keep, steps: [], devices: null },
    ...{ verdict: null, drill: playedDrill, verdictInDrill: null, verdictAfter: null },
    ...{ ttftMs: null, tokensPerSecond: null, changed: null, unchanged: null, sentBytes: null },
    ...{ samples: null, highestUtilizationPercent: null, changedAgain: null },
  }
}
