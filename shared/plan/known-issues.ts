// Which known issues of a variant concern an appliance: those whose match it meets, and those of which nobody can tell.
import type { Rejection } from '../domain/choice.ts'
import type { ContainerVariant } from '../domain/entry/variant.ts'
import type { Facts } from '../domain/facts.ts'
import type { PlanIssue } from '../domain/known-issue.ts'
import type { PlanStep } from '../domain/plan.ts'
import { matchRejections } from './choose/match-hardware.ts'

type KnownIssue = ContainerVariant['knownIssues'][number]

export function concerns({ match }: KnownIssue, facts: Facts): boolean {
  if (match === undefined || facts.partial !== undefined) return true
  return matchRejections(match, facts).every((one) => isUnknown(one, facts))
}

/** What is not known stands against nothing. */
function isUnknown(rejection: Rejection, { os }: Facts): boolean {
  switch (rejection.reason) {
    case 'system-differs':
      return os.state !== 'known'
    case 'kernel-differs':
    case 'driver-differs':
    case 'firmware-differs':
    case 'toolkit-differs':
      return !/^[0-9]/.test(rejection.has)
    case 'family-differs':
      return rejection.has.split(', ').includes('unknown')
    default:
      return rejection.reason === 'accelerator-unreadable'
  }
}

type Chosen = {
  readonly service: { readonly name: string }
  readonly runs: { readonly id: string }
  readonly variant: ContainerVariant
}

/** Of services that are installed or replaced. */
export function issuesIn(builds: readonly Chosen[], steps: readonly PlanStep[], facts: Facts): PlanIssue[] {
  return builds.flatMap(({ service, runs, variant }) => {
    const changes = steps.some(({ id, change }) => change && id === `container.${service.name}`)
    const issues = changes ? variant.knownIssues.filter((one) => concerns(one, facts)) : []
    return issues.map(({ text, workaround }): PlanIssue => {
      const said = { text, ...(workaround !== undefined && { workaround }) }
      return { service: service.name, entry: runs.id, variant: variant.id, ...said }
    })
  })
}
