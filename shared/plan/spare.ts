// What a replacement makes superfluous: with the new version the oldest kept one goes, and with that the images, folders
// and files that nothing else needs. Planned as steps at the end, so that it is seen before what goes and what that frees.
import { keptVersions } from '../apply/container-proof.ts'
import { digestHex } from '../domain/artifact.ts'
import type { Kept, KeptVersion } from '../domain/kept.ts'
import { type PlanStep, replacesService, type StepSpec } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import type { PlanFacts } from './host-packages.ts'
import { planStepOf } from './plan-step.ts'

/** Only a run that replaces something takes anything away: one that changes nothing stays one that changes nothing. */
export function replacesSomething(steps: readonly PlanStep[]): boolean {
  return steps.some(({ change, reason }) => change && replacesService(reason))
}

/** Nothing where nobody asked what is kept. */
export function spareSteps(steps: readonly PlanStep[], facts: PlanFacts): PlanStep[] {
  const { kept } = facts
  if (kept === undefined || !replacesSomething(steps)) return []
  const then = { ...facts, kept: { ...kept, versions: versionsThen(steps, kept) } }
  const stepOf = ([id, spec]: [string, StepSpec]) => planStepOf(id, spec, then)
  const sent = steps.flatMap(({ spec }) => (spec.kind === 'artifact' ? [spec.artifact.sha256] : []))
  // What a job or a probe of this plan ran in may run again.
  const loaded = steps.flatMap(({ spec }) => (spec.kind === 'image' ? [spec.image.configDigest] : []))
  const unloaded = kept.images.filter(({ configDigest }) => !loaded.includes(configDigest))
  const images = unloaded.map((image): [string, StepSpec] => [
    `spare-image.${digestHex(image.configDigest).slice(0, 12)}`,
    { kind: 'spare-image', image },
  ])
  const files = valueOr(facts.artifacts, [])
    .filter(({ sha256 }) => !sent.includes(sha256))
    .map(({ sha256, bytes }): [string, StepSpec] => [
      `spare-artifact.${sha256.slice(0, 12)}`,
      { kind: 'spare-artifact', sha256, bytes },
    ])
  const folders = kept.folders
    .filter(({ there, sha256 }) => there && !sent.includes(sha256))
    .map(({ sha256 }) => stepOf([`spare-model-folder.${sha256.slice(0, 12)}`, { kind: 'spare-model-folder', sha256 }]))
  const going = folders.flatMap(({ change, spec }) => (change && 'sha256' in spec ? [spec.sha256] : []))
  const left = kept.folders.map((one) => (going.includes(one.sha256) ? { ...one, there: false } : one))
  const without = { ...then, kept: { ...then.kept, folders: left } }
  return [...images.map(stepOf), ...folders, ...files.map(([id, spec]) => planStepOf(id, spec, without))].filter(
    ({ change, reason }) => (change && reason !== 'not-read') || reason === 'used-by-others',
  )
}

/** The versions that are kept when the run has ended. */
function versionsThen(steps: readonly PlanStep[], { versions }: Kept): KeptVersion[] {
  const coming = steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec] : []))
  const changing = steps.flatMap(({ change, spec }) => (change && spec.kind === 'container' ? [spec] : []))
  const leaving = changing.flatMap(({ spec: { deployment }, specDigest }) =>
    versions
      .filter(({ step }) => step.spec.deployment === deployment && step.specDigest !== specDigest)
      .slice(keptVersions - 1),
  )
  const staying = versions.filter((one) => !leaving.includes(one))
  return [...staying, ...coming.map((step) => ({ keptAt: '1970-01-01T00:00:00Z', step }))]
}
