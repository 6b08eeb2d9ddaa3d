// What a plan read, as named answers. A plan is refused when an answer has changed since; an answer that
// the plan's own steps were to bring about does not count. Quantities (free disk, memory) are thresholds,
// checked again when applied, and not part of this.
import type { Facts } from '../domain/facts.ts'
import type { Plan, PlanStep } from '../domain/plan.ts'
import { type Reading, valueOr } from '../domain/reading.ts'
import { deploymentLabel, portLabel, specLabel } from '../domain/remote-layout.ts'

export type Answers = Readonly<Record<string, string>>

function answer(reading: Reading<string>): string {
  return reading.state === 'known' ? reading.value : reading.state
}

/** `ports` are the host ports the plan wants, `deployments` the names it installs. */
export function answersOf(facts: Facts, deployments: readonly string[], ports: readonly number[]): Answers {
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
  for (const name of deployments) answers[`deployment ${name}`] = specDigestOf(facts, name)
  for (const port of ports) answers[`port ${port}`] = portHolder(facts, port)
  return answers
}

function specDigestOf(facts: Facts, deployment: string): string {
  if (facts.containers.state !== 'known') return facts.containers.state
  const found = facts.containers.value.find(
    (c) => c.labels[deploymentLabel] === deployment && c.name === `rackside-${deployment}`,
  )
  return found === undefined ? 'absent' : (found.labels[specLabel] ?? 'unlabelled')
}

/** "free", "ours" (published by a container of ours), or the process that holds it. */
export function portHolder(facts: Facts, port: number): string {
  const ours =
    facts.containers.state === 'known' &&
    facts.containers.value.some((c) => c.state === 'running' && c.labels[portLabel] === String(port))
  if (ours) return 'ours'
  if (facts.listeningPorts.state !== 'known') return facts.listeningPorts.state
  // Another loopback address or a LAN address does not stand in the way of 127.0.0.1.
  const blocking = ['127.0.0.1', '0.0.0.0', '*', '::', '[::]']
  const listener = facts.listeningPorts.value.find((l) => l.port === port && blocking.includes(l.address))
  return listener === undefined ? 'free' : `held by ${valueOr(listener.process, 'another process')}`
}

/** What each answer is once the plan's steps are done. */
function answersAfter(steps: readonly PlanStep[]): Answers {
  const after: Record<string, string> = {}
  for (const step of steps) {
    if (step.spec.kind !== 'container') continue
    after[`deployment ${step.spec.spec.deployment}`] = step.spec.specDigest
    after[`port ${step.spec.spec.hostPort}`] = 'ours'
  }
  return after
}

/** Lines "name: then -> now" for every answer that changed and was not brought about by the plan itself. */
export function answerDifferences(plan: Pick<Plan, 'answers' | 'steps'>, now: Answers): string[] {
  const after = answersAfter(plan.steps)
  const names = [...new Set([...Object.keys(plan.answers), ...Object.keys(now)])].sort()
  return names
    .filter((name) => plan.answers[name] !== now[name] && !(name in after && now[name] === after[name]))
    .map((name) => `${name}: ${plan.answers[name] ?? 'absent'} -> ${now[name] ?? 'absent'}`)
}
