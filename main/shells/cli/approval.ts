// The one question before anything is changed: --yes answers it, or the person at the terminal does, who has seen the
// whole plan. What would run as root in words of the bundle's own needs its name beside --yes.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type Plan, planCounts } from '../../../shared/domain/plan.ts'
import { type RootAct, rootActsOf } from '../../../shared/domain/root-act.ts'
import { allRootAllowed } from './root-acts.ts'
import type { Work } from './work.ts'

export type Consent = { readonly yes: boolean; readonly allowRoot: readonly string[] }

type ToApprove = { readonly changes: boolean; readonly rootActs: readonly RootAct[] }

export function toApprove(plan: Plan): ToApprove {
  return { changes: planCounts(plan.steps).changed > 0, rootActs: rootActsOf(plan) }
}

/** What changes nothing needs nobody's approval. */
export async function approved(
  { terminal, words }: Work,
  { changes, rootActs }: ToApprove,
  { yes, allowRoot }: Consent,
): Promise<Result<void>> {
  if (!changes) return ok(undefined)
  if (yes) return allRootAllowed(rootActs, allowRoot)
  return (await terminal.confirm(words.cli.approve)) === true ? ok(undefined) : fail({ kind: 'approval-needed' })
}
