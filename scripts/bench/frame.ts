// The frame of every benchmark: a bench measures figures, the frame holds them against the bench's
// targets and prints a table for people and one JSON line for machines. It knows no clock itself.

/** Names end with their unit: `warmMs`, `tokensPerSecond`, `timesNpm`. */
export type Figures = Readonly<Record<string, number>>

export interface Target {
  readonly figure: string
  readonly atMost?: number
  readonly atLeast?: number
}

export interface Bench {
  readonly name: string
  /** One sentence: what is measured, against which peers. */
  readonly about: string
  readonly targets: readonly Target[]
  measure(): Promise<Figures>
}

export interface BenchReport {
  readonly bench: string
  readonly figures: Figures
  readonly targets: readonly (Target & { readonly met: boolean })[]
  readonly met: boolean
}

/** A figure that was not measured, or is not a number, meets nothing. */
export function judge(bench: Bench, figures: Figures): BenchReport {
  const targets = bench.targets.map((target) => ({ ...target, met: isMet(target, figures[target.figure]) }))
  return { bench: bench.name, figures, targets, met: targets.length > 0 && targets.every((target) => target.met) }
}

function isMet({ atMost, atLeast }: Target, value: number | undefined): boolean {
  if (value === undefined || !Number.isFinite(value) || (atMost === undefined && atLeast === undefined)) return false
  return (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast)
}

/** The table, then one line of JSON: always the last. */
export function reportLines(bench: Bench, report: BenchReport): string[] {
  const width = Math.max(...Object.keys(report.figures).map((name) => name.length), 6)
  const rows = Object.entries(report.figures).map(([name, value]) => {
    const target = report.targets.find(({ figure }) => figure === name)
    const verdict = target === undefined ? '' : `  ${wanted(target)}: ${target.met ? 'met' : 'NOT MET'}`
    return `  ${name.padEnd(width)}  ${readable(value).padStart(10)}${verdict}`
  })
  const missing = report.targets
    .filter(({ figure }) => !(figure in report.figures))
    .map((target) => `  ${target.figure.padEnd(width)}  ${'-'.padStart(10)}  ${wanted(target)}: NOT MEASURED`)
  return [`${bench.name}: ${bench.about}`, ...rows, ...missing, JSON.stringify(report)]
}

/** A target in words. */
export function wanted({ atMost, atLeast }: Target): string {
  return [atLeast === undefined ? '' : `at least ${atLeast}`, atMost === undefined ? '' : `at most ${atMost}`]
    .filter((part) => part !== '')
    .join(', ')
}

export function readable(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
