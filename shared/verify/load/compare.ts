// Two results of benchmarks beside each other: what all levels say together, then each number of users that both have.
import {
  type BenchComparison,
  type BenchFigure,
  type BenchLevel,
  type BenchResult,
  benchFigure,
  headOf,
} from '../../domain/bench.ts'
import { compared } from '../compared.ts'

type Row = BenchComparison['rows'][number]

const moreIsBetter: ReadonlySet<BenchFigure> = new Set([
  ...(['supported-users', 'output-rate', 'request-rate', 'good-share'] as const),
])

const comparedSettings = [
  'ttftLimitMs',
  'tpotLimitMs',
  'inputTokens',
  'outputTokens',
  'seconds',
  'repeatsPrompts',
] as const

export function compareBenches(before: BenchResult, after: BenchResult): BenchComparison {
  const supported = isCertain(before.supports, after.supports)
    ? [row('supported-users', before.supports?.users, after.supports?.users)]
    : []
  const levels = before.levels.flatMap((one) => {
    const other = after.levels.find(({ users }) => users === one.users)
    return other === undefined ? [] : rowsOf(one, other)
  })
  return {
    ...{ before: headOf(before), after: headOf(after) },
    otherSettings: comparedSettings.filter((name) => before.settings[name] !== after.settings[name]),
    rows: [...supported, ...levels].filter((one) => one !== undefined),
  }
}

/** "At least so many" says where somebody stopped asking: it is more than a smaller number, and no less than a larger one. */
function isCertain(before: BenchResult['supports'], after: BenchResult['supports']): boolean {
  if (before === undefined || after === undefined) return false
  if (before.atLeast) return !after.atLeast && after.users < before.users
  return !after.atLeast || after.users > before.users
}

function rowsOf(before: BenchLevel, after: BenchLevel): Row[] {
  return benchFigure.options.flatMap((figure) => {
    const made = row(figure, figureOf(figure, before), figureOf(figure, after))
    return made === undefined ? [] : [{ ...made, users: before.users }]
  })
}

function figureOf(figure: BenchFigure, level: BenchLevel): number | undefined {
  const { ttftMs, tpotMs, itlMs, e2eMs } = level
  const values: { readonly [F in BenchFigure]: number | undefined } = {
    'supported-users': undefined,
    'ttft-p50': ttftMs?.p50,
    'ttft-p95': ttftMs?.p95,
    'tpot-p50': tpotMs?.p50,
    'tpot-p95': tpotMs?.p95,
    'itl-p99': itlMs?.p99,
    'e2e-p95': e2eMs?.p95,
    'output-rate': level.outputTokensPerSecond,
    'request-rate': level.requestsPerSecond,
    'good-share': level.goodShare,
  }
  return values[figure]
}

/** Undefined where one of the two has no such figure. */
function row(figure: BenchFigure, before: number | undefined, after: number | undefined): Row | undefined {
  if (before === undefined || after === undefined) return undefined
  return { figure, before, after, ...compared(before, after, moreIsBetter.has(figure)) }
}
