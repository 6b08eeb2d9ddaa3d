// Acceptances that are kept: listed, read, and two of them compared.
import type { AcceptanceComparison, AcceptanceHead, KeptAcceptance } from '../../../shared/domain/acceptance.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { compareAcceptances } from '../../../shared/verify/acceptance/compare.ts'
import type { Core } from '../context.ts'

type Kept = Pick<Core, 'state'>

export function listAcceptances({ state }: Kept): Result<AcceptanceHead[]> {
  return ok(state.acceptances.list())
}

export function readAcceptance({ state }: Kept, id: string): Result<KeptAcceptance | null> {
  return state.acceptances.read(id)
}

type Two = { readonly before: string; readonly after: string }

export function compareKeptAcceptances({ state }: Kept, two: Two): Result<AcceptanceComparison | null> {
  const before = state.acceptances.read(two.before)
  if (!before.ok) return before
  const after = state.acceptances.read(two.after)
  if (!after.ok) return after
  return ok(before.value === null || after.value === null ? null : compareAcceptances(before.value, after.value))
}
