// A verdict with where models are computed, as far as that is told without letting them write: by what their containers were
// given and what their engines wrote when they started. One that was planned on accelerators and took the processor answers,
// and is not what was planned.
import { containerName } from '../../../shared/apply/container-run.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
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

/** One round trip more, where models are well. What it does not tell leaves the verdict as it is. */
export async function withPlaces(
  core: Core,
  { connection, hear }: { readonly connection: Connection; readonly hear?: ((event: ProofEvent) => void) | undefined },
  proven: Result<ApplianceVerdict>,
): Promise<Result<ApplianceVerdict>> {
  if (!proven.ok || connection.watchOnly === true || !proven.value.deployments.some(isModel)) return proven
  const asked = await gatherAnswers(connection, { ...gatherOptions(core), probes })
  if (!asked.ok) return proven
  const facts = assembleFacts(asked.value)
  const looks = valueOr(readDeviceLooks(asked.value.answers), [])
  const deployments = proven.value.deployments.map((one) => {
    if (!isModel(one) || !tookProcessor(one, facts, looks)) return one
    const verdict: DeploymentVerdict = { ...one, state: 'degraded', reason: 'on-processor' }
    hear?.({ event: 'deployment-end', verdict })
    return verdict
  })
  return ok({ ...proven.value, ...judgeAppliance(deployments, proven.value.accelerators) })
}

const wellModels: readonly DeploymentVerdict['reason'][] = ['answers', 'embeds', 'ranks']

function isModel({ state, reason }: DeploymentVerdict): boolean {
  return state === 'healthy' && wellModels.includes(reason)
}

function tookProcessor({ deployment }: DeploymentVerdict, facts: Facts, looks: readonly DeviceLook[]): boolean {
  const name = containerName(deployment)
  const container = valueOr(facts.containers, []).find((one) => one.name === name)
  const look = looks.find((one) => one.name === name)
  if (container === undefined || look?.startLines.state !== 'known' || !wantsAccelerators(facts, container))
    return false
  const word = readEngineWord(look.startLines.value)
  return word.state === 'known' && word.value.computesOn === 'processor'
}
