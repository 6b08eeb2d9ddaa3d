// Which of the certificates on an appliance are in use: what served another address earlier lies there still, and ends
// without anybody missing it.
import type { StoredCertificate } from './certificate.ts'
import { type DeploymentProof, deploymentProof } from './deployment.ts'
import type { Facts } from './facts.ts'
import { jsonIn } from './json-text.ts'
import { valueOr } from './reading.ts'
import { proofLabel } from './remote-layout.ts'
import { certificateFolder } from './service-file.ts'

type IngressProof = Extract<DeploymentProof, { serves: 'ingress' }>

/** Running ways in, as their containers say. */
export function ingressesIn({ containers }: Pick<Facts, 'containers'>): IngressProof[] {
  return valueOr(containers, []).flatMap(({ labels, state }) => {
    const proof = deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data
    return proof?.serves === 'ingress' && state === 'running' ? [proof] : []
  })
}

export type ServedCertificate = StoredCertificate & Pick<IngressProof, 'deployment' | 'at'>

/** What ends first comes first. */
export function servedCertificates(facts: Pick<Facts, 'containers' | 'certificates'>): ServedCertificate[] {
  const stored = valueOr(facts.certificates ?? { state: 'absent' }, [])
  if (stored.length === 0) return []
  return ingressesIn(facts)
    .flatMap(({ deployment, at }) => {
      const found = stored.find(({ path }) => path === certificateFolder(deployment, at))
      return found === undefined ? [] : [{ ...found, deployment, at }]
    })
    .sort((a, b) => (a.until < b.until ? -1 : 1))
}
