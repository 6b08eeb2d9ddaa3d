// Results of benchmarks that are kept: listed, read, and two of them compared.
import type { BenchComparison, BenchHead, BenchResult } from '../../../shared/domain/bench.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { compareBenches } from '../../../shared/verify/load/compare.ts'
import type { Core } from '../context.ts'

export function listBenches({ state }: Pick<Core, 'state'>): Result<BenchHead[]> {
  return ok(state.benches.list())
}

export function readBench({ state }: Pick<Core, 'state'>, benchId: string): Result<BenchResult | null> {
  return state.benches.read(benchId)
}

type Two = { readonly before: string; readonly after: string }

export function compareKept({ state }: Pick<Core, 'state'>, two: Two): Result<BenchComparison | null> {
  const before = state.benches.read(two.before)
  if (!before.ok) return before
  const after = state.benches.read(two.after)
  if (!after.ok) return after
  return ok(before.value === null || after.value === null ? null : compareBenches(before.value, after.value))
}
