// The whole plan around its steps: its digest, the answers it was made from, and an id of its own.
import type { Address } from '../domain/appliance.ts'
import type { Facts } from '../domain/facts.ts'
import type { Plan, PlanPurpose } from '../domain/plan.ts'
import { digestOf, type Hash } from './canonical.ts'
import { answersOf, type Wanted } from './fingerprint.ts'

export type PlanTools = { readonly sha256: Hash; readonly now: string }

export type PlanParts<P extends PlanPurpose> = Pick<
  Plan,
  'soakSeconds' | 'choices' | 'fits' | 'steps' | 'blockers' | 'others'
> & {
  readonly purpose: P
  readonly address: Address
}

/** Of everything that decides what will be done. */
export function planDigest({ purpose, steps }: Pick<Plan, 'purpose' | 'steps'>, sha256: Hash): string {
  return digestOf({ purpose, steps }, sha256)
}

/** `wanted`: the deployments whose state the plan depends on. */
export function assemblePlan<P extends PlanPurpose>(
  { purpose, ...parts }: PlanParts<P>,
  facts: Facts,
  wanted: readonly Wanted[],
  { sha256, now }: PlanTools,
): Plan & { readonly purpose: P } {
  const { address, soakSeconds, choices, fits, steps, blockers, others = [] } = parts
  const answers = answersOf(facts, wanted)
  const digest = planDigest({ purpose, steps }, sha256)
  const fingerprint = digestOf(answers, sha256)
  return {
    format: 1,
    id: `plan-${digestOf({ digest, fingerprint, address, at: now }, sha256).slice(0, 16)}`,
    createdAt: now,
    address,
    purpose,
    soakSeconds,
    fingerprint,
    answers,
    choices,
    fits,
    steps,
    blockers,
    ...(others.length > 0 && { others }),
    digest,
  }
}
