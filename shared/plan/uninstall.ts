// Takes away everything that Rackside made on an appliance and nothing else: what carries its label, the images that
// it noted before it loaded them, its own folders. Services first, so that nothing loses its ground under its feet.
import { kindOf } from '../apply/all-kinds.ts'
import { containerName, nextName, previousName } from '../apply/container-run.ts'
import { loadedImageId } from '../apply/image.ts'
import type { Made } from '../apply/made-kind.ts'
import { taskContainerName } from '../apply/task.ts'
import type { Address } from '../domain/appliance.ts'
import { digestHex } from '../domain/artifact.ts'
import { deploymentProof } from '../domain/deployment.ts'
import type { Container, Facts } from '../domain/facts.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { Kept } from '../domain/kept.ts'
import type { Plan, PlanStep } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel, proofLabel, remoteBackups } from '../domain/remote-layout.ts'
import { assemblePlan, type PlanTools } from './assemble-plan.ts'
import { machineBlockers } from './blockers.ts'
import { planStepOf } from './plan-step.ts'

/** What is on the appliance; `made`: of the system itself, in the order in which it can go. */
export type Installed = {
  readonly facts: Facts
  readonly kept: Kept
  readonly made: readonly Made[]
}

export type UninstallWish = { readonly address: Address; readonly deletesData: boolean }

export function makeUninstall(installed: Installed, { address, deletesData }: UninstallWish, tools: PlanTools): Plan {
  const { facts } = installed
  const parts = {
    purpose: { act: 'uninstall', deletesData } as const,
    ...{ address, soakSeconds: 0, choices: [], fits: [] },
    steps: stepsFor(installed, deletesData),
    // Without an engine there is less to take away, not nothing.
    blockers: machineBlockers(facts, address.user),
  }
  return assemblePlan(parts, facts, [], tools)
}

function dataIn({ made }: Made): string | undefined {
  return kindOf(made).made?.holdsData?.(made)
}

const ownNames = containerName('')

/** Anybody may label a container: the name says so too. */
function isOurs({ name, labels }: Container): boolean {
  return [containerName, previousName, nextName, taskContainerName].some(
    (nameOf) => name === nameOf(labels[deploymentLabel] ?? ''),
  )
}

function isPart({ labels }: Container): boolean {
  return deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data?.serves === 'part'
}

function stepsFor({ facts, kept, made }: Installed, deletesData: boolean): PlanStep[] {
  const containers = valueOr(facts.containers, [])
    .filter(isOurs)
    // A service that ends may still write to its database.
    .sort((a, b) => Number(isPart(a)) - Number(isPart(b)))
    .map(({ name, labels }) =>
      planStepOf(
        `absent-container.${idPart(name.replace('_', '..'))}`,
        { kind: 'absent-container', name, deployment: labels[deploymentLabel] ?? '', deletesData },
        facts,
      ),
    )
  const networks = valueOr(facts.networks, [])
    .filter((name) => name.startsWith(ownNames))
    .map((name) =>
      planStepOf(`absent-network.${idPart(name.replace('_', '..'))}`, { kind: 'absent-network', name }, facts),
    )
  const images = kept.images.flatMap((image) => {
    const id = loadedImageId(image, facts)
    if (id === undefined) return []
    const usedBy = [...kept.strangers, ...kept.tags].filter((one) => one.imageId === id).map((one) => one.name)
    const stepId = `absent-image.${digestHex(image.configDigest).slice(0, 12)}`
    return [planStepOf(stepId, { kind: 'absent-image', image, usedBy }, facts)]
  })
  const ofSystem = made
    .filter((one) => deletesData || dataIn(one) === undefined)
    .map((one, at) => {
      const id = `absent-made.${at}.${idPart(kindOf(one.made).made?.stepName?.(one.made) ?? one.made.kind)}`
      return forStrangers(planStepOf(id, { kind: 'absent-made', ...one }, facts), one, kept.strangers)
    })
  return [...containers, ...networks, ...images, ...ofSystem, ...foldersStep({ facts, kept, made }, deletesData)]
}

/** The notes of volumes that stay do too: a later uninstall finds them. */
function foldersStep({ facts, kept, made }: Installed, deletesData: boolean): PlanStep[] {
  const volumes = made.flatMap((one) => dataIn(one) ?? [])
  const data = [...volumes, ...(kept.backups ? [remoteBackups] : [])]
  if (!kept.there && !(deletesData && data.length > 0)) return []
  const keeps = deletesData || data.length === 0 ? {} : { keeps: data }
  return [planStepOf('absent-rackside.folders', { kind: 'absent-rackside', ...keeps }, facts)]
}

/** What somebody else's containers run on stays; what stops them for a moment says so. */
function forStrangers(step: PlanStep, { made }: Made, strangers: Kept['strangers']): PlanStep {
  if (strangers.length === 0) return step
  const kind = kindOf(made).made
  const carries = kind?.carries?.(made)
  const onAccelerators = strangers.some(({ runtime, gpus }) => gpus || !['runc', '-', ''].includes(runtime))
  const needed = carries === 'engine' || (carries === 'accelerators' && onAccelerators)
  if (needed) return { ...step, change: false, reason: 'used-by-others' }
  const stops = strangers.filter((one) => one.running).map((one) => one.name)
  if (kind?.restartsEngine?.(made) !== true || stops.length === 0) return step
  return { ...step, interrupts: true, stops }
}

/** Names of containers may have letters that ids of steps have not. */
function idPart(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]/g, '-')
    .slice(0, 90)
}
