// Back to a version that the appliance has kept: the same container step that once put it in service, from its own
// record, so that no bundle is needed. It is watched and undone like any replacement.

import { loadedImageId } from '../apply/image.ts'
import type { Address } from '../domain/appliance.ts'
import { artifactPath } from '../domain/artifact.ts'
import { type Failure, fail, ok, type Result } from '../domain/failure.ts'
import type { KeptVersion } from '../domain/kept.ts'
import type { Plan, StepSpec } from '../domain/plan.ts'
import { remoteServices } from '../domain/remote-layout.ts'
import { modelFolderAt, modelFolderPath } from '../domain/weights-folder.ts'
import { assemblePlan, type PlanTools } from './assemble-plan.ts'
import { machineBlockers, portBlockers, stepBlockers } from './blockers.ts'
import { volumeSteps } from './container-spec.ts'
import type { PlanFacts } from './host-packages.ts'
import { planStepOf } from './plan-step.ts'

export type RollBackWish = { readonly address: Address; readonly soakSeconds: number }

/** Its data stay as they are: what was saved when it was replaced is not put back. */
export function makeRollBack(facts: PlanFacts, version: KeptVersion, wish: RollBackWish, tools: PlanTools): Plan {
  const step = { ...version.step, soakSeconds: wish.soakSeconds }
  const { deployment, hostPort, entryVersion, network } = step.spec
  const ready: StepSpec = {
    kind: 'ready',
    deployment,
    hostPort,
    readyPath: step.proof.readyPath,
    timeoutSeconds: step.startTimeoutSeconds,
  }
  const steps = [
    planStepOf(`network.${network}`, { kind: 'network', name: network }, facts),
    ...volumeSteps(step.spec).map(([id, spec]) => planStepOf(id, spec, facts)),
    planStepOf(`container.${deployment}`, step, facts),
    planStepOf(`ready.${deployment}`, ready, facts),
  ]
  const parts = {
    purpose: { act: 'roll-back', deployment, version: entryVersion } as const,
    ...wish,
    ...{ choices: [], fits: [], steps },
    blockers: [
      ...machineBlockers(facts, wish.address.user, engineNeeded(facts)),
      ...missingParts(facts, version),
      ...portBlockers(steps, facts),
      ...stepBlockers(steps, facts),
    ],
  }
  return assemblePlan(parts, facts, [{ deployment, hostPort }], tools)
}

function engineNeeded({ engine }: PlanFacts): Result<[]> {
  return engine.state === 'absent' ? fail({ kind: 'engine-missing' }) : ok([])
}

/** The bytes it was made of are not kept by name: somebody may have taken them away. */
function missingParts(facts: PlanFacts, { step }: KeptVersion): Failure[] {
  const { deployment, entryVersion, image, mounts, environmentFile } = step.spec
  const missing = (part: string): Failure => ({ kind: 'version-incomplete', deployment, version: entryVersion, part })
  const { artifacts, images, modelFolders, serviceFiles } = facts
  // What held a key that was retired is gone with it.
  const isGiven = (source: string) => serviceFiles?.state !== 'known' || serviceFiles.value.includes(source)
  const lies = (source: string) =>
    modelFolderAt(source) === undefined
      ? artifacts.state === 'known' && artifacts.value.some((one) => source === artifactPath(one.sha256))
      : modelFolders?.state === 'known' &&
        modelFolders.value.some((one) => one.isWhole && source === modelFolderPath(one.sha256))
  const isThere = (source: string) =>
    source.startsWith(`${remoteServices}/`) ? isGiven(source) : artifacts.state !== 'known' || lies(source)
  return [
    ...(images.state === 'known' && loadedImageId(image, facts) === undefined ? [missing(image.configDigest)] : []),
    ...mounts.filter(({ source }) => !isThere(source)).map(({ source }) => missing(source)),
    ...(environmentFile === undefined || isGiven(environmentFile) ? [] : [missing(environmentFile)]),
  ]
}
