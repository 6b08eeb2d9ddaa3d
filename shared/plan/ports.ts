// At which port of the server each service answers: what somebody says now, or else what was chosen before and is kept on
// the appliance, or else what the solution says. Whatever is planned afterwards sees no difference.
import { isInHostNetwork } from '../apply/confinement.ts'
import { containerName } from '../apply/container-run.ts'
import { deploymentProof } from '../domain/deployment.ts'
import {
  isTask,
  type SolutionEntry,
  type SolutionPart,
  type SolutionService,
  servicesOf,
} from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../domain/failure.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { PlanStep, StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel, portChosenLabel, portLabel, proofLabel } from '../domain/remote-layout.ts'
import { choosablePort, type PlanPort, type PortWishes } from '../domain/service-port.ts'
import type { ServiceBuild } from './container-spec.ts'

export type PortsWish = { readonly ports?: PortWishes | undefined }

type Placed = {
  /** With the ports that were chosen. */
  readonly solution: SolutionEntry
  readonly ports: readonly PlanPort[]
}

/** Fails for a wish that is about no service of it, and for one that gives two of them the same port. */
export function placePorts(solution: SolutionEntry, { ports: wishes = [] }: PortsWish, facts: Facts): Result<Placed> {
  const services = servicesOf(solution)
  const ports = services.map((one) => portOf(one, wishes, facts))
  for (const { service, port: wanted } of wishes) {
    const own = ports.find((one) => one.service === service)
    if (own === undefined) {
      const known = services.map(({ name }) => name)
      return fail({ kind: 'port-unusable', reason: 'no-service', service, port: wanted ?? 0, known })
    }
    const other = ports.find((one) => one !== own && one.port === own.port)
    if (other !== undefined) {
      return fail({ kind: 'port-unusable', reason: 'twice', service, port: own.port, by: other.service })
    }
  }
  const placed = (name: string) => ports.find(({ service }) => service === name)?.port
  const parts = solution.services.map(
    (one): SolutionPart => (isTask(one) ? one : { ...one, hostPort: placed(one.name) ?? one.hostPort }),
  )
  return ok({ solution: { ...solution, services: parts }, ports })
}

function portOf({ name: service, hostPort: otherwise }: SolutionService, wishes: PortWishes, facts: Facts): PlanPort {
  const said = wishes.findLast((one) => one.service === service)
  if (typeof said?.port === 'number') return { service, port: said.port, source: 'chosen', otherwise }
  const kept = said === undefined ? keptPort(service, facts) : undefined
  return kept === undefined
    ? { service, port: otherwise, source: 'default', otherwise }
    : { service, port: kept, source: 'kept', otherwise }
}

/** By its container, or where that is gone by the record of it. It is a service's, whatever entry runs that. */
function keptPort(service: string, { containers, deployments }: Facts): number | undefined {
  const found = valueOr(containers, []).find(({ name }) => name === containerName(service))
  const record = valueOr(deployments, []).find(({ deployment }) => deployment === service)
  const said =
    found === undefined
      ? record?.portChosen === true && 'hostPort' in record.proof && record.proof.hostPort
      : found.labels[portChosenLabel] === String(true) && Number(found.labels[portLabel])
  return choosablePort.safeParse(said).data
}

/**
 * Marked where somebody chose the port. Fails for a port that a service cannot have: in the network of the host it answers
 * where its program listens.
 */
export function withChosenPorts(
  builds: readonly ServiceBuild[],
  ports: readonly PlanPort[],
): Result<readonly ServiceBuild[]> {
  const marked: ServiceBuild[] = []
  for (const build of builds) {
    const { name } = build.service
    const found = ports.find(({ service }) => service === name)
    if (found === undefined || found.source === 'default') {
      marked.push(build)
      continue
    }
    const { containerPort: needs } = build.runs
    if (found.source === 'chosen' && found.port !== needs && isInHostNetwork(build.variant)) {
      return fail({ kind: 'port-unusable', reason: 'host-network', service: name, port: found.port, needs })
    }
    marked.push({ ...build, portChosen: true })
  }
  return ok(marked)
}

/** What the plan gives two services that change: of what nobody chose, and of what comes later, it is said. */
export function portTwin(steps: readonly PlanStep[], { spec }: StepSpecOf<'container'>): string | undefined {
  const all = steps.flatMap((one) => (one.spec.kind === 'container' ? [one.spec.spec] : []))
  const twins = all.filter((one) => one.hostPort === spec.hostPort)
  const first = twins.find((one) => one.portChosen === true) ?? twins[0]
  return first === undefined || first.deployment === spec.deployment ? undefined : first.deployment
}

/** With a free port for each that is taken; each is proposed once. Where nobody knows who listens none is proposed. */
export function withProposals(blockers: readonly Failure[], steps: readonly PlanStep[], facts: Facts): Failure[] {
  if (facts.listeningPorts.state !== 'known') return [...blockers]
  const taken = portsTaken(steps, facts)
  return blockers.map((one) => {
    if (one.kind !== 'port-taken' || !mayMove(steps, one)) return one
    const free = freeFrom(one.port, taken)
    if (free === undefined) return one
    taken.add(free)
    return { ...one, free }
  })
}

/** Not where people of the site reach it, and not in the network of the host. */
function mayMove(steps: readonly PlanStep[], { neededBy, port }: { neededBy: string; port: number }): boolean {
  return steps.some(
    ({ spec: step }) =>
      step.kind === 'container' &&
      step.spec.deployment === neededBy &&
      step.spec.hostPort === port &&
      step.spec.lan?.port !== port &&
      !isInHostNetwork(step.spec),
  )
}

/** By whoever listens at any address, by what the plan installs, and by what is installed and perhaps stopped. */
function portsTaken(steps: readonly PlanStep[], facts: Facts): Set<number> {
  const planned = steps.flatMap(({ spec }) =>
    spec.kind === 'container' ? [spec.spec.hostPort, spec.spec.lan?.port] : [],
  )
  const installed = valueOr(facts.containers, [])
    .filter(({ labels }) => labels[deploymentLabel] !== undefined)
    .flatMap(({ labels }) => [
      Number(labels[portLabel]),
      ...openPorts(deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data),
    ])
  const recorded = valueOr(facts.deployments, []).flatMap(({ proof }) => [
    ...('hostPort' in proof ? [proof.hostPort] : []),
    ...openPorts(proof),
  ])
  const listening = valueOr(facts.listeningPorts, []).map(({ port }) => port)
  return new Set([...planned, ...installed, ...recorded, ...listening].flatMap((one) => one ?? []))
}

function openPorts(proof: ReturnType<typeof deploymentProof.safeParse>['data']): number[] {
  return proof?.serves === 'ingress' ? [proof.at.port] : []
}

function freeFrom(first: number, taken: ReadonlySet<number>): number | undefined {
  for (let port = first; choosablePort.safeParse(port).success; port += 1) if (!taken.has(port)) return port
  return undefined
}
