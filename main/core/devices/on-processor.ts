// A verdict with where models are computed, as far as that is told without letting them write: by what their containers were
// given and what their engines wrote when they started. One that was planned on accelerators and took the processor answers,
// and is not what was planned.
import { containerName } from '../../../shared/apply/container-run.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Container, Facts } from '../../../shared/domain/facts.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { ProofEvent } from '../../../shared/domain/proof-event.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import { assembleFacts } from '../../../shared/facts/assemble.ts'
import { containerLookProbe } from '../../../shared/facts/container-look.ts'
import { deviceLookProbe } from '../../../shared/facts/device-look.ts'
import { type DeviceLook, readDeviceLooks } from '../../../shared/facts/device-looks.ts'
import { engineProbes } from '../../../shared/facts/engine.ts'
import { engineObjectProbes } from '../../../shared/facts/engine-objects.ts'
import { readEngineWord } from '../../../shared/verify/device/engine-word.ts'
import { wantsAccelerators } from '../../../shared/verify/device/expected.ts'
import { judgeAppliance } from '../../../shared/verify/ladder.ts'
import { gatherAnswers } from '../../facts/gather.ts'
import type { Core } from '../context.ts'
import { gatherOptions } from '../gather.ts'

const probes = [...engineObjectProbes, ...engineProbes, containerLookProbe, deviceLookProbe]

/** Containers by id and start: where one computes is decided when it starts. Bounded; what is forgotten is found again. */
const mostKnown = 2000

type Hear = ((event: ProofEvent) => void) | undefined
type Looking = { readonly connection: Connection; readonly hear?: Hear }

/** One round trip more, where models are well. What it does not tell leaves the verdict as it is. */
export async function withPlaces(
  core: Core,
  { connection, hear }: Looking,
  proven: Result<ApplianceVerdict>,
): Promise<Result<ApplianceVerdict>> {
  if (!proven.ok || connection.watchOnly === true || !proven.value.deployments.some(isModel)) return proven
  const asked = await gatherAnswers(connection, { ...gatherOptions(core), probes })
  if (!asked.ok) return proven
  const facts = assembleFacts(asked.value)
  const looks = valueOr(readDeviceLooks(asked.value.answers), [])
  if (core.tookProcessor.size > mostKnown) core.tookProcessor.clear()
  for (const container of valueOr(facts.containers, [])) {
    if (tookProcessor(container, facts, looks)) core.tookProcessor.add(keyOf(container))
  }
  return knownPlaces(core, { facts, hear }, proven)
}

/** The same by what was found before: also for who only looks, and for the background. */
export function knownPlaces(
  { tookProcessor: known }: Pick<Core, 'tookProcessor'>,
  { facts, hear }: { readonly facts: Pick<Facts, 'containers'>; readonly hear?: Hear },
  proven: Result<ApplianceVerdict>,
): Result<ApplianceVerdict> {
  if (!proven.ok || known.size === 0) return proven
  const containers = valueOr(facts.containers, [])
  const isThere = (deployment: string) =>
    containers.some((one) => one.name === containerName(deployment) && known.has(keyOf(one)))
  if (!proven.value.deployments.some((one) => isModel(one) && isThere(one.deployment))) return proven
  const deployments = proven.value.deployments.map((one) => {
    if (!isModel(one) || !isThere(one.deployment)) return one
    const verdict: DeploymentVerdict = { ...one, state: 'degraded', reason: 'on-processor' }
    hear?.({ event: 'deployment-end', verdict })
    return verdict
  })
  return ok({ ...proven.value, ...judgeAppliance(deployments, proven.value.accelerators) })
}

function keyOf({ id, startedAt }: Container): string {
  return `${id} ${startedAt}`
}

const wellModels: readonly DeploymentVerdict['reason'][] = ['answers', 'embeds', 'ranks']

function isModel({ state, reason }: DeploymentVerdict): boolean {
  return state === 'healthy' && wellModels.includes(reason)
}

function tookProcessor(container: Container, facts: Facts, looks: readonly DeviceLook[]): boolean {
  const look = looks.find((one) => one.name === container.name)
  if (look?.startLines.state !== 'known' || !wantsAccelerators(facts, container)) return false
  const word = readEngineWord(look.startLines.value)
  return word.state === 'known' && word.value.computesOn === 'processor'
}
