// The parts of an acceptance, in their order: what is there, where it computes, how it answers, how fast it is, whether it
// stays so, and how it is and what the doctor says of it afterwards, while it is still warm.
import { containerName } from '../../../shared/apply/container-run.ts'
import { heldParts } from '../../../shared/apply/held-parts.ts'
import type {
  Acceptance,
  AcceptanceEvent,
  AcceptanceStage,
  AcceptedLoad,
  AcceptedService,
} from '../../../shared/domain/acceptance.ts'
import type { BenchEvent } from '../../../shared/domain/bench.ts'
import type { Container, Facts } from '../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { keptOrigin } from '../../../shared/domain/installed-origin.ts'
import type { Kept } from '../../../shared/domain/kept.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { deploymentLabel, specLabel } from '../../../shared/domain/remote-layout.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { takenBackIn } from '../../../shared/plan/taken-back.ts'
import { takeInventory } from '../../../shared/verify/acceptance/take-inventory.ts'
import { examine } from '../../../shared/verify/doctor/examine.ts'
import { gatherKept } from '../../facts/kept.ts'
import { readProof } from '../../verify/climb.ts'
import type { BenchOutcome } from '../../verify/load/run-bench.ts'
import { chatServices, type Found } from '../bench/candidates.ts'
import type { CallContext, Core } from '../context.ts'
import { deviceSamples } from '../devices/device-samples.ts'
import { evidenceThere } from '../devices/evidence-there.ts'
import { gatherNow, probesFor } from '../gather.ts'
import { proveAppliance } from '../runs/prove.ts'
import type { Accepting } from './accepting.ts'
import { loadAlone, soakAll } from './load.ts'
import { askEach, proveWhere } from './parts-of-models.ts'

type Asked = Accepting & { readonly held: () => boolean }

type Parts = Pick<Acceptance, 'inventory' | 'services' | 'devices' | 'canaries' | 'loads' | 'soak' | 'examination'> & {
  readonly takenBack: readonly string[]
  readonly fallen: readonly string[]
}

export async function lookAndMeasure(context: CallContext, asked: Asked): Promise<Result<Parts>> {
  const { core } = context
  const { connection, opening, hear, stop } = asked
  const begin = (stage: AcceptanceStage) => hear({ event: 'stage', stage })
  const look = () => gatherNow(core, connection, probesFor(opening))

  begin('inventory')
  const facts = await look()
  if (!facts.ok) return facts
  begin('devices')
  const devices = await proveWhere(context, asked)
  if (!devices.ok) return devices
  begin('canary')
  const canaries = await askEach(context, asked, facts.value)
  if (!canaries.ok) return canaries
  begin('load')
  const services = await chatServices(connection, facts.value)
  if (!services.ok) return services
  // What cannot be read is compared with nothing.
  const kept = await gatherKept(connection)
  const versions = kept.ok ? kept.value.versions : []
  const measured = await measureEach(core, asked, services.value)
  const loads = measured.map((load) => withEvidence(load, facts.value, { versions, devices: devices.value }))
  begin('soak')
  const soak = await soakThem(core, asked, services.value)
  begin('health')
  // After the load: whoever did not bear it says so now.
  const verdict = await proveAppliance(core, { address: opening.address, connection }, { signal: stop })
  if (!verdict.ok) return verdict
  begin('doctor')
  // What became hot, or was reported by a driver, is seen now.
  const after = await look()
  if (!after.ok) return after
  const trust = core.state.trust.read()
  if (!trust.ok) return trust
  const takenBack = takenBackIn(after.value, trust.value.publishers)
  if (stop.aborted) return fail({ kind: 'cancelled', at: 'acceptance' })
  return ok({
    ...{ inventory: takeInventory(facts.value), services: servicesOf(facts.value, verdict.value, versions) },
    ...{ devices: devices.value, canaries: canaries.value, loads, ...(soak !== undefined && { soak }) },
    examination: examine(after.value, { takenBack, held: heldParts(after.value) }),
    takenBack: takenBack.map(({ deployment }) => deployment),
    fallen: fallenBetween(facts.value, after.value),
  })
}

/** Whatever was up before, and is another container now, is down, or was started anew. */
function fallenBetween(before: Facts, after: Facts): string[] {
  const now = valueOr(after.containers, [])
  return valueOr(before.containers, []).flatMap((one) => {
    const deployment = one.labels[deploymentLabel] ?? ''
    if (one.name !== containerName(deployment) || one.state !== 'running') return []
    const later = now.find(({ id }) => id === one.id)
    const lasted = later?.state === 'running' && later.startedAt === one.startedAt && later.health !== 'unhealthy'
    return lasted ? [] : [deployment]
  })
}

function servicesOf(
  { containers }: Facts,
  { deployments }: ApplianceVerdict,
  versions: Kept['versions'],
): AcceptedService[] {
  const all = valueOr(containers, [])
  return deployments.slice(0, 200).map((one) => {
    const { deployment, entry, version, partOf, state, reason, publisher } = one
    const container = all.find(({ name }) => name === containerName(deployment))
    return {
      ...{ deployment, entry, version, state, reason },
      ...(partOf !== undefined && { partOf }),
      ...(publisher !== undefined && { publisher }),
      ...(container !== undefined && bytesOf(container, versions)),
    }
  })
}

function bytesOf(
  container: Container,
  versions: Kept['versions'],
): Pick<AcceptedService, 'spec' | 'image' | 'model' | 'form' | 'serves'> {
  const proof = readProof(container)
  const spec = container.labels[specLabel]
  // What root keeps of it: a label may come from an image.
  const form = keptOrigin(container, versions)?.model
  return {
    image: container.imageId.slice(0, 80),
    ...(spec !== undefined && { spec: spec.slice(0, 80) }),
    ...(form !== undefined && { form }),
    ...(proof !== undefined && { serves: proof.serves }),
    ...(proof !== undefined && 'modelName' in proof && { model: proof.modelName.slice(0, 200) }),
  }
}

type Known = { readonly versions: Kept['versions']; readonly devices: Acceptance['devices'] }

function withEvidence(load: AcceptedLoad, facts: Facts, { versions, devices }: Known): AcceptedLoad {
  const container = valueOr(facts.containers, []).find(({ name }) => name === containerName(load.deployment))
  const proof = devices.find(({ deployment }) => deployment === load.deployment)
  const evidence = container && proof && evidenceThere(proof, { container, versions, facts })
  return evidence === undefined ? load : { ...load, evidence }
}

function toolsOf({ tools }: Core, { stop, held }: Asked) {
  return { clock: tools.clock, pause: tools.pause, signal: stop, held, nowMs: () => Date.parse(tools.now()) }
}

async function measureEach(core: Core, asked: Asked, services: readonly Found[]): Promise<AcceptedLoad[]> {
  const { connection, settings, hear, stop, loads: say } = asked
  const loads: AcceptedLoad[] = []
  for (const { service, subject } of services) {
    if (stop.aborted) break
    const { deployment, model } = subject
    say([deployment])
    const onEvent = (event: BenchEvent) => {
      if (event.event === 'progress') hear(progress('load', deployment, event.seconds / settings.seconds))
    }
    const outcome = await loadAlone(connection, service, { settings, tools: toolsOf(core, asked), hear: onEvent })
    loads.push({ deployment, model, ...withoutGaps(outcome) })
  }
  return loads
}

function progress(stage: AcceptanceStage, about: string, share: number): AcceptanceEvent {
  return { event: 'progress', stage, about, share: Math.min(1, Math.max(0, share)) }
}

function withoutGaps({ levels, supports: _, ...outcome }: BenchOutcome): Omit<AcceptedLoad, 'deployment' | 'model'> {
  return { ...outcome, levels: levels.slice(0, 4).map(({ gaps: _gaps, ...level }) => level) }
}

async function soakThem(core: Core, asked: Asked, services: readonly Found[]): Promise<Acceptance['soak']> {
  const { connection, target, settings, hear, stop, loads: say } = asked
  if (settings.soakSeconds === 0 || services.length === 0 || stop.aborted) return undefined
  say(services.map(({ subject }) => subject.deployment))
  const samples = deviceSamples(core, target)
  try {
    return await soakAll(
      connection,
      services.map(({ service, subject }) => ({ deployment: subject.deployment, service })),
      {
        ...{ settings, samples, tools: toolsOf(core, asked) },
        hear: (share) => hear(progress('soak', '', share)),
      },
    )
  } finally {
    await samples.end()
  }
}
