// Terms of licences that whoever approves a plan accepts: who, what exactly and when goes into the records of the services
// that are installed under them, where another console reads it, and into the audit.
import type { LicenceTerms } from '../../../shared/domain/licence-terms.ts'
import type { AcceptedLicence } from '../../../shared/domain/origin.ts'
import type { Plan, StepSpecOf } from '../../../shared/domain/plan.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'

type Accepting = { readonly by: string; readonly at: string; readonly sha256: (text: string) => string }

/** The same plan: what is noted of it changes nothing of what is done. */
export function withAccepted(plan: Plan, accepting: Accepting): Plan {
  const all = acceptedIn(plan, accepting)
  if (all.length === 0) return plan
  const steps = plan.steps.map((step) => {
    const { change, spec } = step
    if (!change || spec.kind !== 'container' || spec.origin === undefined) return step
    const accepted = all.filter(({ entry }) => entriesOf(spec).includes(entry))
    return accepted.length === 0 ? step : { ...step, spec: { ...spec, origin: { ...spec.origin, accepted } } }
  })
  return { ...plan, steps }
}

export function acceptedIn({ licences = [] }: Plan, { by, at, sha256 }: Accepting): AcceptedLicence[] {
  return licences.map((terms) => {
    const { entry, version, spdx } = terms
    return { entry, version, spdx, terms: termsDigest(terms, sha256), by: by.slice(0, 200), at }
  })
}

/** Of all that was shown, in both languages: other words under the same name are other terms. */
function termsDigest({ spdx, url, terms }: LicenceTerms, sha256: Accepting['sha256']): string {
  return sha256(canonicalJson({ spdx, terms, ...(url !== undefined && { url }) }))
}

/** What it is made of, and what is run with it. */
function entriesOf({ origin, jobs = [], probes = [] }: StepSpecOf<'container'>): string[] {
  return [...(origin?.licences ?? []), ...[...jobs, ...probes].map(({ spec }) => spec)].map(({ entry }) => entry)
}
