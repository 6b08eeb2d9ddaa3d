// One step of a plan: whether it is true already and why, what it sends and what it takes on the disk, and what it
// interrupts.
import { kindOf } from '../apply/all-kinds.ts'
import type { PlanStep, StepSpec } from '../domain/plan.ts'
import type { Catalog } from './catalog.ts'
import type { PlanFacts } from './host-packages.ts'

/** The files that packages are made of. */
type Files = Pick<Catalog, 'artifacts'>
const noFiles: Files = { artifacts: [] }

export function planStepOf(id: string, spec: StepSpec, facts: PlanFacts, files: Files = noFiles): PlanStep {
  const kind = kindOf(spec)
  const { holds, reason } = kind.isTrue(spec, facts)
  // It lies there, and most likely stays.
  const isThere = reason === 'artifact-unchecked'
  const sources = { staged: facts.staged, artifacts: files.artifacts }
  const diskBytes = isThere ? 0 : (kind.disk?.bytes(spec, sources) ?? 0)
  const freesBytes = holds ? undefined : kind.freesBytes?.(spec)
  const stops = holds ? [] : (kind.stops?.(spec, facts) ?? [])
  const backsUp = holds ? [] : (kind.backsUp?.(spec, facts, reason) ?? [])
  return {
    id,
    change: !holds,
    reason,
    uploadBytes: kind.by === 'transfer' ? diskBytes : 0,
    diskBytes,
    ...(freesBytes === undefined ? {} : { freesBytes }),
    interrupts: stops.length > 0 || (!holds && kind.interrupts?.(spec, facts, reason) === true),
    ...(stops.length === 0 ? {} : { stops: [...stops] }),
    ...(backsUp.length === 0 ? {} : { backsUp: [...backsUp] }),
    spec,
  }
}

/** A package that is still to be installed asks for its reboot afterwards, which nothing there says yet. */
export function withReboots(steps: readonly PlanStep[]): PlanStep[] {
  return steps.map((step) => {
    const { spec } = step
    if (spec.kind !== 'reboot' || step.change) return step
    const comes = steps.some((one) => one.id === `host-package.${spec.package}` && one.change)
    return comes ? { ...step, change: true, reason: 'reboot-pending' } : step
  })
}
