// The whole plan around its steps: its digest, the answers it was made from, and an id of its own.
import type { Address } from '../domain/appliance.ts'
import type { Facts } from '../domain/facts.ts'
import type { IgnoredFit } from '../domain/ignored-fit.ts'
import type { PlanUse, PlanUser } from '../domain/installed-model.ts'
import type { PlanIssue } from '../domain/known-issue.ts'
import type { PlanTakeover } from '../domain/ownership.ts'
import type { Plan, PlanPurpose, PlanStep } from '../domain/plan.ts'
import type { PlanSetting } from '../domain/plan-setting.ts'
import type { PlanPrivileges } from '../domain/privilege.ts'
import type { Replacement } from '../domain/replacement.ts'
import type { PlanPort } from '../domain/service-port.ts'
import type { TakenBack } from '../domain/taken-back.ts'
import { digestOf, type Hash } from './canonical.ts'
import { answersOf, type Wanted } from './fingerprint.ts'

export type PlanTools = { readonly sha256: Hash; readonly now: string }

export type PlanParts<P extends PlanPurpose> = Pick<
  Plan,
  'soakSeconds' | 'choices' | 'fits' | 'steps' | 'blockers' | 'licences' | 'openings' | 'publishable' | 'others'
> & {
  readonly settings?: readonly PlanSetting[]
  readonly ports?: readonly PlanPort[]
  readonly privileges?: readonly PlanPrivileges[]
  readonly issues?: readonly PlanIssue[]
  readonly idle?: Plan['idle']
  readonly ignoredFits?: readonly IgnoredFit[]
  readonly mayIgnoreFit?: readonly string[]
  readonly uses?: readonly PlanUse[]
  readonly users?: readonly PlanUser[]
  readonly takeovers?: readonly PlanTakeover[]
  readonly takenBack?: readonly TakenBack[]
  readonly replacements?: readonly Replacement[]
  readonly purpose: P
  readonly address: Address
}

/** Whether it is the plan that was made: nobody changed what will be done, where, or from which answers. */
export function isAsMade(plan: Plan, sha256: Hash): boolean {
  const { id, digest } = named(plan, sha256)
  return plan.id === id && plan.digest === digest
}

type Seals = 'id' | 'digest' | 'fingerprint'

/** With the digests of what it says, and the id that follows from them. The digest is of what decides what will be done. */
export function named<P extends Omit<Plan, Seals>>(plan: P, sha256: Hash): P & Pick<Plan, Seals> {
  const { purpose, steps, licences, openings, privileges, takeovers, answers, address, createdAt: at } = plan
  const agreed = {
    ...(licences !== undefined && { licences }),
    ...(openings !== undefined && { openings }),
    ...(privileges !== undefined && { privileges }),
    ...(takeovers !== undefined && { takeovers }),
  }
  const digest = digestOf({ purpose, steps: steps.map(withoutEvidence), ...agreed }, sha256)
  const fingerprint = digestOf(answers, sha256)
  const id = `plan-${digestOf({ digest, fingerprint, address, at }, sha256).slice(0, 16)}`
  return { ...plan, id, digest, fingerprint }
}

/** What such hardware gave elsewhere decides nothing of what will be done. */
function withoutEvidence(step: PlanStep): PlanStep {
  const { spec } = step
  if (spec.kind !== 'container' || spec.origin?.measured === undefined) return step
  const { measured: _, ...origin } = spec.origin
  return { ...step, spec: { ...spec, origin } }
}

/** `wanted`: the deployments whose state the plan depends on. */
export function assemblePlan<P extends PlanPurpose>(
  { purpose, ...parts }: PlanParts<P>,
  facts: Facts,
  wanted: readonly Wanted[],
  { sha256, now }: PlanTools,
): Plan & { readonly purpose: P } {
  const {
    address,
    soakSeconds,
    choices,
    fits,
    steps,
    blockers,
    licences = [],
    openings = [],
    publishable = [],
    others = [],
    settings = [],
    ports = [],
    privileges = [],
    issues = [],
    idle = [],
    ignoredFits = [],
    mayIgnoreFit = [],
    uses = [],
    users = [],
    takeovers = [],
    takenBack = [],
    replacements = [],
  } = parts
  const said = {
    format: 1,
    createdAt: now,
    address,
    purpose,
    soakSeconds,
    answers: answersOf(facts, wanted),
    choices,
    fits,
    steps,
    blockers,
    ...(licences.length > 0 && { licences }),
    ...(openings.length > 0 && { openings }),
    ...(publishable.length > 0 && { publishable }),
    ...(others.length > 0 && { others }),
    ...(privileges.length > 0 && { privileges: [...privileges] }),
    ...(issues.length > 0 && { issues: [...issues] }),
    ...(idle.length > 0 && { idle: [...idle] }),
    ...(ignoredFits.length > 0 && { ignoredFits: [...ignoredFits] }),
    ...(mayIgnoreFit.length > 0 && { mayIgnoreFit: [...mayIgnoreFit] }),
    ...(settings.length > 0 && { settings: [...settings] }),
    ...(ports.length > 0 && { ports: [...ports] }),
    ...(uses.length > 0 && { uses: [...uses] }),
    ...(users.length > 0 && { users: [...users] }),
    ...(takeovers.length > 0 && { takeovers: [...takeovers] }),
    ...(takenBack.length > 0 && { takenBack: [...takenBack] }),
    ...(replacements.length > 0 && { replacements: [...replacements] }),
  } as const
  return named(said, sha256)
}
