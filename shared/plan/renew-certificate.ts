// A plan that makes the certificate of a way in anew, by the authority that made the one before: what people's computers
// trust stays. It needs no bundle: the appliance has all of it.
import type { Address } from '../domain/appliance.ts'
import type { Plan, StepSpecOf } from '../domain/plan.ts'
import type { ServedCertificate } from '../domain/served-certificate.ts'
import { assemblePlan, type PlanTools } from './assemble-plan.ts'
import { machineBlockers, stepBlockers } from './blockers.ts'
import { wantedIn } from './fingerprint.ts'
import type { PlanFacts } from './host-packages.ts'
import { planStepOf } from './plan-step.ts'

export function renewalOf({ deployment, at, sha256, reload }: ServedCertificate): StepSpecOf<'certificate'> {
  const { address, name } = at
  return {
    ...{ kind: 'certificate', deployment, address, replaces: sha256 },
    ...(name !== undefined && { name }),
    ...(reload !== undefined && { reload }),
  }
}

export function makeRenewal(
  facts: PlanFacts,
  spec: StepSpecOf<'certificate'>,
  { address }: { readonly address: Address },
  tools: PlanTools,
): Plan {
  const { deployment } = spec
  const steps = [planStepOf(`certificate.${deployment}`, spec, facts)]
  const purpose = { act: 'renew-certificate', deployment } as const
  const blockers = [...machineBlockers(facts, address.user), ...stepBlockers(steps, facts)]
  const parts = { purpose, address, soakSeconds: 0, choices: [], fits: [], steps, blockers }
  return assemblePlan(parts, facts, wantedIn(steps), tools)
}
