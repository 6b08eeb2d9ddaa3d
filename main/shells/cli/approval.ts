// The one question before anything is changed: --yes answers it, or the person at the terminal does, who has seen the
// whole plan. What would run as root in words of the bundle's own, and licence terms, need their names beside --yes.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type LicenceTerms, termsName, unacceptedTerms } from '../../../shared/domain/licence-terms.ts'
import { type Plan, planCounts } from '../../../shared/domain/plan.ts'
import { type RootAct, rootActsOf } from '../../../shared/domain/root-act.ts'
import type { Words } from '../../../shared/words/words.ts'
import { allRootAllowed } from './root-acts.ts'
import type { Work } from './work.ts'

export type Consent = Readonly<Record<'allowRoot' | 'acceptLicence', readonly string[]>> & { readonly yes: boolean }

type ToApprove = {
  readonly changes: boolean
  readonly rootActs: readonly RootAct[]
  readonly licences: readonly LicenceTerms[]
}

export function toApprove(plan: Plan): ToApprove {
  const { licences = [] } = plan
  return { changes: planCounts(plan.steps).changed > 0, rootActs: rootActsOf(plan), licences }
}

/** What changes nothing needs nobody's approval. */
export async function approved(
  { terminal, words }: Work,
  { changes, rootActs, licences }: ToApprove,
  { yes, allowRoot, acceptLicence }: Consent,
): Promise<Result<void>> {
  if (!changes) return ok(undefined)
  if (!yes) {
    return (await terminal.confirm(words.cli.approve)) === true ? ok(undefined) : fail({ kind: 'approval-needed' })
  }
  const allowed = allRootAllowed(rootActs, allowRoot)
  if (!allowed.ok) return allowed
  const unaccepted = unacceptedTerms(licences, acceptLicence)
  return unaccepted.length === 0 ? ok(undefined) : fail({ kind: 'licence-not-accepted', licences: unaccepted })
}

/** Terms as the plan shows them. */
export function licenceLines(licences: readonly LicenceTerms[], { cli, language }: Words): string[] {
  return licences.flatMap((one) => [
    cli.licenceTerms(termsName(one), one.spdx),
    ...[...one.terms[language].split('\n'), ...(one.url === undefined ? [] : [one.url])].map((line) => `| ${line}`),
  ])
}
