// What a plan will do, in figures and lists for a person who decides: bytes, disk, what is interrupted, what
// is opened, how it fits. Everything is read from the plan itself; what it does not say is not said.
import type { Choice } from '../../../shared/domain/choice.ts'
import { isAsked } from '../../../shared/domain/deployment.ts'
import { type MemoryFit, type Plan, type PlanStep, planCounts } from '../../../shared/domain/plan.ts'

export type PlanSummary = {
  readonly changes: readonly PlanStep[]
  readonly alreadyTrue: readonly PlanStep[]
  readonly uploadBytes: number
  /** What the changes write at most: archives that arrive and what the engine unpacks from them. */
  readonly diskBytes: number
  /** What becomes free at the end, at most. */
  readonly freesBytes: number
  /** What answers now and will not for a while: deployments that are replaced, containers that stop with the engine. */
  readonly interrupted: readonly string[]
  /** Ports on the appliance's own loopback that begin to answer. */
  readonly opened: readonly { readonly port: number; readonly deployment: string }[]
  readonly services: readonly string[]
  readonly unproven: readonly Choice[]
}

export function planSummary(plan: Plan): PlanSummary {
  const changes = plan.steps.filter((step) => step.change)
  return {
    changes,
    alreadyTrue: plan.steps.filter((step) => !step.change),
    uploadBytes: planCounts(plan.steps).uploadBytes,
    diskBytes: changes.reduce((sum, step) => sum + step.diskBytes, 0),
    freesBytes: changes.reduce((sum, { freesBytes = 0 }) => sum + freesBytes, 0),
    interrupted: changes.filter((step) => step.interrupts).flatMap((step) => step.stops ?? [subjectOf(step)]),
    opened: changes.flatMap(({ spec }) =>
      spec.kind === 'container' && isAsked(spec.proof)
        ? [{ port: spec.proof.hostPort, deployment: spec.spec.deployment }]
        : [],
    ),
    services: plan.steps.flatMap(({ spec }) =>
      spec.kind === 'container' && isAsked(spec.proof) ? [spec.spec.deployment] : [],
    ),
    unproven: plan.choices.filter(isUnproven),
  }
}

/** Nobody saw it run, and nobody measured its model on such hardware. */
function isUnproven({ evidence, model }: Choice): boolean {
  return evidence === 'none' && model?.measured === undefined
}

function subjectOf({ id, spec }: PlanStep): string {
  if (spec.kind === 'absent-container') return spec.deployment
  return id.slice(spec.kind.length + 1)
}

export type MemoryNeed = {
  readonly where: MemoryFit['where']
  readonly needBytes: number
  readonly availableBytes: number
}

/** The need of all services together, for each kind of memory they run in. */
export function memoryNeeds(fits: readonly MemoryFit[]): MemoryNeed[] {
  return (['accelerator', 'memory'] as const).flatMap((where): MemoryNeed[] => {
    const here = fits.filter((fit) => fit.where === where)
    const [first] = here
    if (first === undefined) return []
    const needBytes = here.reduce((sum, fit) => sum + fit.needBytes, 0)
    return [{ where, needBytes, availableBytes: first.availableBytes }]
  })
}

/** Services for which something better was there and did not fit. */
export function passedOver(choices: readonly Choice[]): Choice[] {
  return choices.filter((choice) => choice.rejected.length > 0)
}
