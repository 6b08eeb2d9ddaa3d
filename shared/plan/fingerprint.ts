// What a plan read, as named answers. A plan is refused when an answer has changed since; an answer that
// the plan's own steps were to bring about does not count. Quantities (free disk, memory) are thresholds,
// checked again when applied, and not part of this.
import { deployedContainer } from '../apply/container.ts'
import { containerName } from '../apply/container-run.ts'
import { deploymentProof } from '../domain/deployment.ts'
import type { Facts } from '../domain/facts.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { Plan, PlanStep } from '../domain/plan.ts'
import { type Reading, valueOr } from '../domain/reading.ts'
import { deploymentLabel, portLabel, proofLabel, specLabel } from '../domain/remote-layout.ts'
import type { LocalAddress } from '../domain/service-address.ts'

export type Answers = Readonly<Record<string, string>>

function answer(reading: Reading<string>): string {
  return reading.state === 'known' ? reading.value : reading.state
}

/** Of the steps of a plan: the deployments that it installs, and those of other solutions that they use. */
export function wantedIn(steps: readonly Pick<PlanStep, 'spec'>[]): Wanted[] {
  return steps.flatMap(({ spec: step }) => {
    if (step.kind !== 'container') return []
    const { deployment, hostPort, uses } = step.spec
    return [{ deployment, hostPort }, ...(uses === undefined ? [] : [{ deployment: uses.deployment }])]
  })
}

/** `wanted` are the deployments the plan installs, each with its host port; a part has none. */
export type Wanted = { readonly deployment: string; readonly hostPort?: number | undefined }

export function answersOf(facts: Facts, wanted: readonly Wanted[]): Answers {
  const answers: Record<string, string> = {
    'machine-id': answer(facts.machineId),
    os: facts.os.state === 'known' ? `${facts.os.value.id} ${facts.os.value.versionId}` : facts.os.state,
    architecture: answer(facts.architecture),
    engine:
      facts.engine.state === 'known'
        ? `${facts.engine.value.kind} ${facts.engine.value.version} ${facts.engine.value.imageStore}`
        : facts.engine.state,
  }
  for (const report of facts.accelerators) {
    answers[`driver ${report.vendor}`] = answer(report.driverVersion)
    answers[`accelerators ${report.vendor}`] = report.devices.state
    if (report.devices.state !== 'known') continue
    for (const device of report.devices.value) {
      const where = `${valueOr(device.pciAddress, `index ${device.index}`)} chip ${device.chip}`
      answers[`accelerator ${report.vendor} ${where}`] = `${answer(device.product)}, health ${answer(device.health)}`
    }
  }
  for (const { deployment, hostPort } of wanted) {
    answers[`deployment ${deployment}`] = specDigestOf(facts, deployment)
    if (hostPort === undefined) continue
    const holder = portHolder(facts, hostPort, deployment)
    answers[`port ${hostPort}`] = holder === undefined ? 'available' : `held by ${holder}`
  }
  return answers
}

function specDigestOf(facts: Facts, deployment: string): string {
  if (facts.containers.state !== 'known') return facts.containers.state
  const found = deployedContainer(deployment, facts)
  return found === undefined ? 'absent' : (found.labels[specLabel] ?? 'unlabelled')
}

/** Who stands in the way of this deployment's port; undefined when it is free or the deployment's own. */
export function portHolder(facts: Facts, port: number, deployment: string): string | undefined {
  const publishers =
    facts.containers.state === 'known'
      ? facts.containers.value.filter((c) => c.state === 'running' && c.labels[portLabel] === String(port))
      : []
  const other = publishers.find((c) => c.labels[deploymentLabel] !== deployment)
  if (other !== undefined) return `the deployment ${other.labels[deploymentLabel] ?? other.name}`
  if (publishers.length > 0) return undefined
  if (facts.listeningPorts.state !== 'known') return facts.listeningPorts.state
  // Another loopback address or a LAN address does not stand in the way of 127.0.0.1.
  const blocking = ['127.0.0.1', '0.0.0.0', '*', '::', '[::]']
  const listener = facts.listeningPorts.value.find((l) => l.port === port && blocking.includes(l.address))
  return listener === undefined ? undefined : valueOr(listener.process, 'another process')
}

/** Who listens at an address of the local network; undefined where that is the deployment itself, or nobody. */
export function lanHolder(facts: Facts, { address, port }: LocalAddress, deployment: string): string | undefined {
  const own = valueOr(facts.containers, []).find(
    (one) => one.state === 'running' && one.name === containerName(deployment),
  )
  const proof = deploymentProof.safeParse(jsonIn(own?.labels[proofLabel] ?? '')).data
  if (proof?.serves === 'ingress' && proof.at.address === address && proof.at.port === port) return undefined
  const blocking = [address, `[${address}]`, '0.0.0.0', '*', '::', '[::]']
  const listener = valueOr(facts.listeningPorts, []).find((l) => l.port === port && blocking.includes(l.address))
  return listener === undefined ? undefined : valueOr(listener.process, 'another process')
}

/** Which engine it will be is not known before it runs. */
function bringsEngine({ answers, steps }: Pick<Plan, 'answers' | 'steps'>): boolean {
  const missing = answers['engine'] === 'absent' || answers['engine'] === 'unreadable'
  return missing && steps.some((step) => step.spec.kind === 'host-package' && step.change)
}

/** What each answer is once the plan's steps are done. */
function answersAfter(steps: readonly PlanStep[]): Answers {
  const after: Record<string, string> = {}
  for (const step of steps) {
    if (step.spec.kind !== 'container') continue
    after[`deployment ${step.spec.spec.deployment}`] = step.spec.specDigest
  }
  return after
}

/** Lines "name: then -> now" for every answer that changed and was not brought about by the plan itself. */
export function answerDifferences(plan: Pick<Plan, 'answers' | 'steps'>, now: Answers): string[] {
  const after = answersAfter(plan.steps)
  const names = [...new Set([...Object.keys(plan.answers), ...Object.keys(now)])].sort()
  const comes = bringsEngine(plan)
  return names
    .filter((name) => plan.answers[name] !== now[name] && !(name in after && now[name] === after[name]))
    .filter((name) => name !== 'engine' || !comes)
    .map((name) => `${name}: ${plan.answers[name] ?? 'absent'} -> ${now[name] ?? 'absent'}`)
}
