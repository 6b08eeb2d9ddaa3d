// Which services of an appliance can be measured: models that chat, and the gateways that lead to them. Read from what
// runs there, so that a service that is gone is not measured.
import { containerName } from '../../../shared/apply/container-run.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import { type BenchCandidate, type BenchSubject, benchCandidate } from '../../../shared/domain/bench.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../../shared/domain/deployment.ts'
import { type Container, type Facts, isUp } from '../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { deploymentLabel, entryLabel, versionLabel } from '../../../shared/domain/remote-layout.ts'
import { readProof } from '../../verify/climb.ts'
import { type GatewayProof, gatewayHeaders } from '../../verify/gateway.ts'
import type { Service } from '../../verify/load/run-bench.ts'
import { openingToChange } from '../appliances.ts'
import type { Core } from '../context.ts'
import { gatherNow } from '../gather.ts'

type Chatting = Extract<DeploymentProof, { serves: 'openai-chat' }> | GatewayProof
type Candidate = { readonly container: Container; readonly proof: Chatting }

export async function benchCandidates(core: Core, target: Target): Promise<Result<BenchCandidate[]>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    if (!facts.ok) return facts
    const found = candidatesIn(facts.value)
    return found.ok ? ok(found.value.map(({ proof }) => shown(proof))) : found
  })
}

function shown(proof: Chatting): BenchCandidate {
  const { deployment } = proof
  return proof.serves === 'openai-gateway'
    ? { deployment, models: proof.models, throughGateway: true }
    : { deployment, models: [proof.modelName] }
}

/** Models before gateways, each by name. */
function candidatesIn({ containers }: Facts): Result<Candidate[]> {
  if (containers.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: containers.why })
  const found = valueOr(containers, []).flatMap((container) => {
    const proof = readProof(container)
    const isOurs = container.name === containerName(container.labels[deploymentLabel] ?? '')
    if (proof === undefined || !isChatting(proof) || !isOurs || !isUp(container)) return []
    // A label may say anything: what has no place in a result is measured by nobody.
    return benchCandidate.safeParse(shown(proof)).success ? [{ container, proof }] : []
  })
  const order = ({ proof }: Candidate) => `${proof.serves === 'openai-gateway' ? 1 : 0} ${proof.deployment}`
  return ok(found.sort((a, b) => (order(a) < order(b) ? -1 : 1)))
}

function isChatting(proof: DeploymentProof): proof is Chatting {
  return proof.serves === 'openai-chat' || proof.serves === 'openai-gateway'
}

export type Found = { readonly service: Service; readonly subject: Omit<BenchSubject, 'host' | 'port' | 'demo'> }

/** The service of that name, how it is asked, and what the result says of it. */
export async function findService(core: Core, connection: Connection, deployment: string): Promise<Result<Found>> {
  const facts = await gatherNow(core, connection)
  if (!facts.ok) return facts
  const candidates = candidatesIn(facts.value)
  if (!candidates.ok) return candidates
  const found = candidates.value.find(({ proof }) => proof.deployment === deployment)
  if (found === undefined) {
    const other = candidates.value.map(({ proof }) => proof.deployment).join(', ')
    return fail({ kind: 'usage', problem: 'bench-deployment', word: deployment, other })
  }
  return foundOf(connection, facts.value, found)
}

/** Every model that chats, asked by itself and through no gateway, by name. */
export async function chatServices(connection: Connection, facts: Facts): Promise<Result<Found[]>> {
  const candidates = candidatesIn(facts)
  if (!candidates.ok) return candidates
  const services: Found[] = []
  for (const one of candidates.value) {
    if (one.proof.serves !== 'openai-chat') continue
    const found = await foundOf(connection, facts, one)
    if (!found.ok) return found
    services.push(found.value)
  }
  return ok(services)
}

async function foundOf(connection: Connection, facts: Facts, { container, proof }: Candidate): Promise<Result<Found>> {
  const asked = await askedOf(connection, proof)
  if (!asked.ok) return asked
  const { deployment } = proof
  const { labels } = container
  const said = (label: string) => (labels[label] ?? 'unknown').slice(0, 64)
  const named = { deployment, entry: said(entryLabel), version: said(versionLabel) }
  const { model, engine, throughGateway } = asked.value
  const how = { ...(engine !== undefined && { engine }), ...(throughGateway && { throughGateway: true as const }) }
  return ok({ service: asked.value, subject: { ...named, model, ...how, accelerators: acceleratorsIn(facts) } })
}

async function askedOf(connection: Connection, proof: Chatting): Promise<Result<Service>> {
  const { hostPort: port, readyPath } = proof
  if (proof.serves === 'openai-chat') {
    return ok({ port, readyPath, model: proof.modelName, engine: proof.metricsReader, throughGateway: false })
  }
  const headers = await gatewayHeaders(connection, proof)
  if (!headers.ok) return headers
  return ok({ port, readyPath, model: proof.models[0] ?? '', headers: headers.value, throughGateway: true })
}

function acceleratorsIn({ accelerators }: Facts): BenchSubject['accelerators'] {
  const counts = new Map<string, number>()
  for (const { devices, vendor } of accelerators) {
    for (const device of valueOr(devices, [])) {
      const product = valueOr(device.product, vendor)
      counts.set(product, (counts.get(product) ?? 0) + 1)
    }
  }
  return [...counts].slice(0, 32).map(([product, count]) => ({ product: product.slice(0, 200), count }))
}
