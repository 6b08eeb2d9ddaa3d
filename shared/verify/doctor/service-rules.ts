// Services that were set up here and are not well: which of them is the cause, and which only waits for another one. Who has to
// mend something is sent to the cause alone.
import { type DeploymentProof, deploymentProof, isModelProof } from '../../domain/deployment.ts'
import { type Container, type Facts, isUp } from '../../domain/facts.ts'
import { usedModelService } from '../../domain/installed-model.ts'
import { jsonIn } from '../../domain/json-text.ts'
import { deploymentLabel, proofLabel, usesLabel } from '../../domain/remote-layout.ts'
import { knownOf } from './look.ts'
import type { Rule } from './rule.ts'

const stoppedStates: readonly string[] = ['created', 'exited', 'paused', 'dead']

export const serviceRules: readonly Rule[] = [
  // What was set up here and does not serve anybody is an outage, whoever stopped it.
  { id: 'container-stopped', severity: 'error', match: (facts) => stoppedIn(facts).map(stateText) },
  {
    id: 'container-ill',
    severity: 'error',
    match: (facts) =>
      illIn(facts)
        .filter((one) => causeOf(one, facts) === undefined)
        .map((one) => `${healthText(one)}, ${one.restartCount}`),
  },
  { id: 'container-waits', severity: 'warning', match: waiting },
]

/** Not what a replacement set aside: its successor runs. The engine keeps what the last health check of one that ended said. */
function stoppedIn(facts: Facts): readonly Container[] {
  const all = allOf(facts)
  const served = new Set(all.filter(({ state }) => state === 'running').map(deploymentOf))
  return all.filter((one) => stoppedStates.includes(one.state) && !served.has(deploymentOf(one)))
}

function illIn(facts: Facts): readonly Container[] {
  return allOf(facts).filter(isIll)
}

function isIll({ state, health }: Container): boolean {
  return state === 'restarting' || (state === 'running' && health === 'unhealthy')
}

/** One that answers its own check, too, serves nobody while the model that it was given to ask is away. */
function waiting(facts: Facts): readonly string[] {
  return allOf(facts)
    .filter(isUp)
    .flatMap((one) => {
      const cause = causeOf(one, facts)
      return cause === undefined ? [] : [`${healthText(one)} -> ${cause}`]
    })
}

/** What another service lacks that this one needs; undefined where it needs none, or they are all well. */
function causeOf(one: Container, facts: Facts): string | undefined {
  const uses = usedModelService.safeParse(jsonIn(one.labels[usesLabel] ?? '')).data
  if (uses !== undefined) {
    const there = allOf(facts).filter((other) => deploymentOf(other) === uses.deployment)
    const isThere = there.some((other) => isUp(other) && !isIll(other))
    if (!isThere) return there[0] === undefined ? `${uses.deployment}: -` : causeText(there[0])
  }
  // Of the same solution nothing says who asks whom: what is well is not said to wait.
  const network = one.place?.network
  if (network === undefined || !isIll(one) || !asksModels(proofOf(one))) return undefined
  const beside = allOf(facts).find((other) => {
    const proof = proofOf(other)
    return other.place?.network === network && proof !== undefined && isModelProof(proof) && isAway(other, facts)
  })
  return beside && causeText(beside)
}

function isAway(one: Container, facts: Facts): boolean {
  return isIll(one) || stoppedIn(facts).includes(one)
}

const askers: readonly DeploymentProof['serves'][] = ['page', 'api', 'openai-gateway']

function asksModels(proof: DeploymentProof | undefined): boolean {
  return proof !== undefined && askers.includes(proof.serves)
}

function proofOf({ labels }: Container): DeploymentProof | undefined {
  return deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data
}

function allOf({ containers }: Facts): readonly Container[] {
  return knownOf(containers) ?? []
}

function deploymentOf({ labels }: Container): string | undefined {
  return labels[deploymentLabel]
}

function causeText(one: Container): string {
  return isUp(one) ? healthText(one) : stateText(one)
}

function stateText({ name, state }: Container): string {
  return `${name}: ${state}`
}

function healthText({ name, state, health }: Container): string {
  return `${name}: ${state}, ${health}`
}
