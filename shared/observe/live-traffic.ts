// Whether an engine served its users between two looks at its metrics. While it does, nobody has to ask it whether it can.
import type { Reading } from '../domain/reading.ts'
import { increase } from './histogram.ts'
import type { RuntimeMetrics } from './runtimes/runtime-metrics.ts'

/** Some request was finished, or where nobody counts those some token written, and none failed. */
export function servedBetween(before: RuntimeMetrics | undefined, now: RuntimeMetrics): boolean {
  if (before === undefined) return false
  const grown = (key: 'finished' | 'generatedTokens' | 'errors') => growth(before[key], now[key])
  const done = grown('finished') ?? grown('generatedTokens') ?? 0
  return done > 0 && (grown('errors') ?? 0) === 0
}

function growth(before: Reading<number>, now: Reading<number>): number | undefined {
  return before.state === 'known' && now.state === 'known' ? increase(before.value, now.value) : undefined
}
