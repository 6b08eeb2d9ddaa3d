// What is known of a proof so far: each deployment with the rungs it climbed and the answer as far as it
// came, from the events of a proof that goes on or from a verdict that was given before.
import type { ProofEvent } from '../../../shared/domain/proof-event.ts'
import type { ApplianceVerdict, DeploymentVerdict, Rung, RungName } from '../../../shared/domain/verdict.ts'

export type DeploymentProofState = {
  readonly deployment: string
  /** All rungs it has to climb; a verdict from before knows only those that were looked at. */
  readonly ladder: readonly RungName[]
  readonly rungs: readonly Rung[]
  readonly answer: string
  readonly verdict?: DeploymentVerdict
}

export type ProofState = {
  readonly deployments: readonly DeploymentProofState[]
  /** The end of the proof. */
  readonly verdict?: ApplianceVerdict
}

export const nothingProven: ProofState = { deployments: [] }

export function proofOfVerdict(verdict: ApplianceVerdict): ProofState {
  return { deployments: verdict.deployments.map((one) => proofOfDeployment(one)), verdict }
}

function proofOfDeployment(verdict: DeploymentVerdict, before?: DeploymentProofState): DeploymentProofState {
  return {
    deployment: verdict.deployment,
    ladder: before?.ladder ?? verdict.rungs.map((rung) => rung.name),
    rungs: verdict.rungs,
    answer: verdict.proof?.answer ?? before?.answer ?? '',
    verdict,
  }
}

export function afterProofEvent(state: ProofState, event: ProofEvent): ProofState {
  switch (event.event) {
    case 'deployment-begin':
      return put(state, { deployment: event.deployment, ladder: event.ladder, rungs: [], answer: '' })
    case 'rung':
      return change(state, event.deployment, (one) => ({ ...one, rungs: [...one.rungs, event.rung] }))
    case 'answer':
      return change(state, event.deployment, (one) => ({ ...one, answer: one.answer + event.text }))
    case 'deployment-end':
      return put(state, proofOfDeployment(event.verdict, find(state, event.verdict.deployment)))
    case 'verdict': {
      const { verdict } = event
      const deployments = verdict.deployments.map((one) => proofOfDeployment(one, find(state, one.deployment)))
      return { deployments, verdict }
    }
  }
}

function find(state: ProofState, deployment: string): DeploymentProofState | undefined {
  return state.deployments.find((one) => one.deployment === deployment)
}

function put(state: ProofState, next: DeploymentProofState): ProofState {
  const there = state.deployments.some((one) => one.deployment === next.deployment)
  const deployments = there
    ? state.deployments.map((one) => (one.deployment === next.deployment ? next : one))
    : [...state.deployments, next]
  return { ...state, deployments }
}

/** An event of a deployment whose beginning was missed begins it. */
function change(
  state: ProofState,
  deployment: string,
  how: (one: DeploymentProofState) => DeploymentProofState,
): ProofState {
  return put(state, how(find(state, deployment) ?? { deployment, ladder: [], rungs: [], answer: '' }))
}
