// A service that takes its place after parts of it did: they wait for it, and it settles them. Who replaces nothing, or has
// no part that changes, stands in a plan as it did.
import { type PlanStep, replacesService, type StepSpecOf } from '../domain/plan.ts'

type ContainerStep = PlanStep & { readonly spec: StepSpecOf<'container'> }

function isContainer(step: PlanStep): step is ContainerStep {
  return step.spec.kind === 'container'
}

export function withHeldParts(steps: readonly PlanStep[]): PlanStep[] {
  const changing = steps.filter(isContainer).filter(({ change }) => change)
  const settling = new Map<string, ContainerStep>()
  for (const step of changing) {
    if (!replacesService(step.reason)) continue
    for (const part of step.spec.spec.parts ?? []) settling.set(part.deployment, step)
  }
  return steps.map((step): PlanStep => {
    if (!isContainer(step) || !step.change) return step
    const service = settling.get(step.spec.spec.deployment)
    if (service !== undefined) return { ...step, spec: heldFor(step.spec, service) }
    const held = changing.filter((one) => settling.get(one.spec.spec.deployment) === step)
    if (held.length === 0) return step
    return { ...step, spec: { ...step.spec, settles: held.map(({ spec }) => spec) } }
  })
}

function heldFor(part: StepSpecOf<'container'>, { spec }: ContainerStep): StepSpecOf<'container'> {
  return { ...part, heldFor: { deployment: spec.spec.deployment, specDigest: spec.specDigest } }
}
