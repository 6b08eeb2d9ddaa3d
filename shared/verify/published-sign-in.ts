// Who still comes in with what a maker publishes, as far as anybody has said.
import { deploymentProof } from '../domain/deployment.ts'
import type { Facts } from '../domain/facts.ts'
import { jsonIn } from '../domain/json-text.ts'
import { proofLabel } from '../domain/remote-layout.ts'

export type StillPublished = { readonly deployment: string; readonly user: string }

/** Of what runs; nothing where nobody could read the notes. */
export function stillPublished({ containers, changedSignIns }: Pick<Facts, 'containers' | 'changedSignIns'>) {
  if (containers.state !== 'known' || changedSignIns?.state !== 'known') return []
  const changed = changedSignIns.value
  return containers.value.flatMap(({ labels, state }): StillPublished[] => {
    const proof = deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data
    if (state !== 'running' || proof?.serves !== 'page' || proof.signIn?.by !== 'published') return []
    const { deployment } = proof
    const { user } = proof.signIn
    return changed.some((one) => one.of === deployment && one.user === user) ? [] : [{ deployment, user }]
  })
}
