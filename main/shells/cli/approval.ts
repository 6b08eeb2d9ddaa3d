// The one question before anything is changed: --yes answers it, or the person at the terminal does.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type Plan, planCounts } from '../../../shared/domain/plan.ts'
import type { Work } from './work.ts'

/** A plan that changes nothing needs nobody's approval. */
export async function approved({ terminal, words }: Work, plan: Plan, yes: boolean): Promise<Result<void>> {
  const changes = planCounts(plan.steps).changed > 0
  if (changes && !yes && (await terminal.confirm(words.cli.approve)) !== true) return fail({ kind: 'approval-needed' })
  return ok(undefined)
}
