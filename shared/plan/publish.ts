// What of a solution is opened to the local network: what was agreed to stays until somebody says otherwise.
import { containerName } from '../apply/container-run.ts'
import { deploymentProof } from '../domain/deployment.ts'
import type { SolutionEntry } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { PlanStep, StepSpec } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { proofLabel } from '../domain/remote-layout.ts'
import type { LocalAddress, Opening } from '../domain/service-address.ts'
import type { ServiceBuild } from './container-spec.ts'

export function withoutIngress(solution: SolutionEntry): SolutionEntry {
  return { ...solution, services: solution.services.filter(({ role }) => role !== 'ingress') }
}

function ingressesOf({ services }: SolutionEntry, { containers }: Facts) {
  return services.flatMap(({ role, name }) => {
    const found = valueOr(containers, []).find((one) => one.name === containerName(name))
    return role === 'ingress' && found !== undefined ? [{ name, found }] : []
  })
}

type Open = { readonly at: LocalAddress; readonly paths: readonly string[] }

/** What somebody agreed to earlier stays until somebody says otherwise. */
export function publishedNow(solution: SolutionEntry, facts: Facts): Open | undefined {
  const proofs = ingressesOf(solution, facts).map(({ found }) =>
    deploymentProof.safeParse(jsonIn(found.labels[proofLabel] ?? '')),
  )
  return proofs.flatMap(({ data }) => (data?.serves === 'ingress' ? [{ at: data.at, paths: data.paths }] : []))[0]
}

export function closingSteps(solution: SolutionEntry, facts: Facts): [id: string, spec: StepSpec][] {
  return ingressesOf(solution, facts).map(({ name }) => [
    `absent-container.${name}`,
    { kind: 'absent-container', name: containerName(name), deployment: name, deletesData: false },
  ])
}

export function publishableOf({ services }: SolutionEntry): string[] {
  return services.flatMap((one) => (one.role === 'ingress' ? one.publishes.map(({ app }) => app) : []))
}

/** Of what is installed or replaced: an address that led to the same places before was agreed to then. */
export function openingsOf(
  builds: readonly ServiceBuild[],
  steps: readonly PlanStep[],
  now: Open | undefined,
): Opening[] {
  return builds.flatMap((build): Opening[] => {
    if (build.role !== 'ingress') return []
    const changes = steps.some(({ id, change }) => change && id === `container.${build.service.name}`)
    const { address, port } = build.at
    const isOpen = now?.at.address === address && now.at.port === port
    const isSame = isOpen && build.sites.every(({ path }) => now.paths.includes(path))
    return changes && !isSame ? [{ ...build.at, services: build.sites.map(({ name }) => name) }] : []
  })
}
