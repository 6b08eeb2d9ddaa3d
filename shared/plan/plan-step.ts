// One step of a plan: whether it is true already and why, what it sends and what it takes on the disk, and what it
// interrupts.
import { kindOf } from '../apply/all-kinds.ts'
import { servesAside } from '../apply/container.ts'
import { volumesToSave } from '../apply/volume-backup.ts'
import type { Artifact } from '../domain/artifact.ts'
import type { Facts } from '../domain/facts.ts'
import type { PlanStep, StepReason, StepSpec } from '../domain/plan.ts'
import type { Catalog } from './catalog.ts'
import type { PlanFacts } from './host-packages.ts'

/** The files that packages are made of. */
type Files = Pick<Catalog, 'artifacts'>
const noFiles: Files = { artifacts: [] }

export function planStepOf(id: string, spec: StepSpec, facts: PlanFacts, catalog: Files = noFiles): PlanStep {
  const kind = kindOf(spec)
  const truth = kind.isTrue(spec as never, facts)
  const missingBytes = spec.kind === 'artifact' ? missingBytesOf(spec.artifact, facts) : 0
  const takesAway = spec.kind === 'absent-container' && !truth.holds
  const stopsAside = spec.kind === 'container' && !truth.holds && servesAside(spec, facts)
  const stops = truth.holds ? [] : (kind.stops?.(spec as never, facts) ?? [])
  const backsUp = spec.kind === 'container' && replacements.includes(truth.reason) ? volumesToSave(spec, facts) : []
  return {
    id,
    change: !truth.holds,
    reason: truth.reason,
    uploadBytes: missingBytes,
    diskBytes: spec.kind === 'artifact' ? missingBytes : unpackedBytesOf(spec, catalog),
    ...freedBy(spec, truth.holds),
    // What replaces a package's programs may start anew what runs of it.
    interrupts: interruptions.includes(truth.reason) || takesAway || stops.length > 0 || stopsAside,
    ...(stops.length === 0 ? {} : { stops: [...stops] }),
    ...(backsUp.length === 0 ? {} : { backsUp }),
    spec,
  }
}

const interruptions: readonly StepReason[] = ['container-differs', 'package-older']
const replacements: readonly StepReason[] = ['container-differs', 'container-unproven']

/** Of packages about what Debian's engine takes of its files, three and a half times as much, and a copy that is installed from. */
const unpackedTimes = 5

function unpackedBytesOf(spec: StepSpec, { artifacts }: Files): number {
  if (spec.kind === 'image') return spec.image.unpackedBytes
  if (spec.kind !== 'host-package') return 0
  const files = spec.parts.map((part) => artifacts.find((one) => one.sha256 === part.artifactSha256)?.bytes ?? 0)
  return files.reduce((sum, bytes) => sum + bytes, 0) * unpackedTimes
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

function freedBy(spec: StepSpec, holds: boolean): { freesBytes?: number } {
  if (holds) return {}
  if (spec.kind === 'spare-image') return { freesBytes: spec.image.unpackedBytes }
  return spec.kind === 'spare-artifact' ? { freesBytes: spec.bytes } : {}
}

/** What an earlier run has sent lies there already and takes no more room. */
function missingBytesOf(artifact: Artifact, facts: Facts): number {
  const staged =
    facts.staged.state === 'known' ? facts.staged.value.find((f) => f.sha256 === artifact.sha256) : undefined
  return Math.max(0, artifact.bytes - (staged?.bytes ?? 0))
}
