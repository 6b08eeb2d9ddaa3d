// Proves that models are computed where they were planned: looks into their containers, lets each write for some seconds
// while its devices are watched, and judges. Nothing is changed there; one after the other, as two that write at once would
// show each other's work.

import { containerName } from '../../../shared/apply/container-run.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { isModelProof, type ModelProof } from '../../../shared/domain/deployment.ts'
import type { DeviceProof, DeviceProofEvent } from '../../../shared/domain/device-proof.ts'
import type { Container, Facts } from '../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { known, unreadable, valueOr } from '../../../shared/domain/reading.ts'
import { deploymentLabel } from '../../../shared/domain/remote-layout.ts'
import { allProbes, assembleFacts } from '../../../shared/facts/assemble.ts'
import { deviceLookProbe } from '../../../shared/facts/device-look.ts'
import { readDeviceLooks } from '../../../shared/facts/device-looks.ts'
import { gatherAnswers } from '../../facts/gather.ts'
import { gatherKept } from '../../facts/kept.ts'
import { readProof } from '../../verify/climb.ts'
import { openingToChange } from '../appliances.ts'
import type { Core } from '../context.ts'
import { gatherOptions } from '../gather.ts'
import { heardEvents } from '../heard-events.ts'
import { refuse } from '../refusal.ts'
import { type DeviceSamples, deviceSamples } from './device-samples.ts'
import { type Looked, proveOne } from './prove-one.ts'

export type Wanted = {
  readonly target: Target
  /** Missing: every model there. */
  readonly deployment?: string | undefined
}

/** Throws a refusal where the appliance cannot be looked at. A reader that leaves ends it after the answer that is being written. */
export async function* proveDevicesLive(
  core: Core,
  wanted: Wanted,
  left?: AbortSignal,
): AsyncGenerator<DeviceProofEvent> {
  const stop = new AbortController()
  const proofs = yield* heardEvents({
    begin: (hear: (event: DeviceProofEvent) => void) => proveDevices(core, wanted, { hear, signal: stop.signal }),
    left,
    stop: () => stop.abort(),
  })
  if (proofs === undefined) return
  if (!proofs.ok) throw refuse(proofs.failure)
  yield { event: 'end', proofs: proofs.value }
}

export type Hearing = {
  readonly hear?: (event: DeviceProofEvent) => void
  readonly signal?: AbortSignal
}

/** Also for a certificate. Empty where no model runs there. */
export async function proveDevices(
  core: Core,
  { target, deployment }: Wanted,
  hearing: Hearing,
): Promise<Result<DeviceProof[]>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  const { address } = opening.value
  return core.sessions.withConnection(opening.value, async (connection) => {
    const looked = await lookAt(core, connection, address)
    if (!looked.ok) return looked
    const models = modelsIn(looked.value.facts).filter(
      ({ proof }) => proof.deployment === (deployment ?? proof.deployment),
    )
    if (models.length === 0 && deployment !== undefined) {
      const other = modelsIn(looked.value.facts).map(({ proof }) => proof.deployment)
      return fail({ kind: 'usage', problem: 'bench-deployment', word: deployment, other: other.join(', ') })
    }
    const samples = models.length === 0 ? undefined : deviceSamples(core, target)
    try {
      return ok(
        await inTurn(models, (model) =>
          provenOne(core, { connection, ...model, samples, looked: looked.value }, hearing),
        ),
      )
    } finally {
      await samples?.end()
    }
  })
}

type Model = { readonly container: Container; readonly proof: ModelProof }

async function lookAt(core: Core, connection: Connection, address: Address): Promise<Result<Looked>> {
  const asked = await gatherAnswers(connection, { ...gatherOptions(core), probes: [...allProbes, deviceLookProbe] })
  if (!asked.ok) return asked
  const facts = assembleFacts(asked.value)
  if (facts.containers.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: facts.containers.why })
  // Without it nobody knows what was planned; what was given is still there to see.
  const kept = await gatherKept(connection)
  const versions: Looked['versions'] = kept.ok ? known(kept.value.versions) : unreadable(kept.failure.kind)
  return ok({ address, facts, looks: readDeviceLooks(asked.value.answers), versions })
}

/** Those that run, by name. */
function modelsIn({ containers }: Facts): Model[] {
  const found = valueOr(containers, []).flatMap((container) => {
    const proof = readProof(container)
    const isOurs = container.name === containerName(container.labels[deploymentLabel] ?? '')
    return proof !== undefined && isModelProof(proof) && isOurs && container.state === 'running'
      ? [{ container, proof }]
      : []
  })
  return found.sort((a, b) => (a.proof.deployment < b.proof.deployment ? -1 : 1))
}

type One = Model & {
  readonly connection: Connection
  readonly samples: DeviceSamples | undefined
  readonly looked: Looked
}

async function provenOne(core: Core, one: One, { hear, signal }: Hearing): Promise<DeviceProof | undefined> {
  if (signal?.aborted === true) return undefined
  const { deployment, modelName: model } = one.proof
  hear?.({ event: 'begin', deployment, model })
  const writing = () => hear?.({ event: 'writing', deployment })
  const proof = await proveOne(core, one, { writing, ...(signal !== undefined && { signal }) })
  hear?.({ event: 'proof', proof })
  return proof
}

async function inTurn<A, B>(all: readonly A[], work: (one: A) => Promise<B | undefined>): Promise<B[]> {
  const done: B[] = []
  for (const one of all) {
    const made = await work(one)
    if (made !== undefined) done.push(made)
  }
  return done
}
