// What of a solution is opened to the local network: what was agreed to stays until somebody says otherwise.
import { containerName } from '../apply/container-run.ts'
import { type DeploymentProof, deploymentProof } from '../domain/deployment.ts'
import { isTask, type SolutionEntry, servicesOf, targetOf } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { PlanStep, StepSpec, StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { proofLabel } from '../domain/remote-layout.ts'
import type { Opening, OpenSite, PublishedAt } from '../domain/service-address.ts'
import { isUnguarded } from '../domain/sign-in.ts'
import type { WiredSite } from './choose/choose-services.ts'
import { isGuarded, type ServiceBuild } from './container-spec.ts'

export function withoutIngress(solution: SolutionEntry): SolutionEntry {
  const left = servicesOf(solution).filter(({ role }) => role !== 'ingress')
  const isLeft = (name: string) => left.some((one) => one.name === name)
  const services = solution.services.filter((one) => isLeft(isTask(one) ? targetOf(one) : one.name))
  return { ...solution, services }
}

function ingressesOf({ services }: SolutionEntry, facts: Facts) {
  return services.flatMap(({ role, name }) => {
    if (role !== 'ingress') return []
    const isThere = valueOr(facts.containers, []).some((one) => one.name === containerName(name))
    return [{ name, isThere, proof: proofNow(name, facts) }]
  })
}

type PageProof = Extract<DeploymentProof, { serves: 'page' }>
type Open = { readonly at: PublishedAt; readonly sites: readonly OpenSite[] }

/** What somebody agreed to earlier stays until somebody says otherwise. */
export function publishedNow(solution: SolutionEntry, facts: Facts): Open | undefined {
  return ingressesOf(solution, facts).flatMap(({ proof }) => (proof?.serves === 'ingress' ? [proof] : []))[0]
}

/** Only where somebody says that it is to be closed. */
export function closingSteps(solution: SolutionEntry, facts: Facts): [id: string, spec: StepSpec][] {
  return ingressesOf(solution, facts).flatMap(({ name, isThere }): [string, StepSpec][] => {
    const spec = { kind: 'absent-container' as const, name: containerName(name), deployment: name, deletesData: false }
    return isThere ? [[`absent-container.${name}`, spec]] : []
  })
}

export function publishableOf({ services }: SolutionEntry): string[] {
  return services.flatMap((one) => (one.role === 'ingress' ? one.publishes.map(({ app }) => app) : []))
}

/**
 * Of what is installed or replaced: an address that led to the same places before was agreed to then, unless it asked for
 * a password that it asks for no more, or the app behind it.
 */
export function openingsOf(
  builds: readonly ServiceBuild[],
  steps: readonly PlanStep[],
  now: Open | undefined,
  facts: Facts,
): Opening[] {
  return builds.flatMap((build): Opening[] => {
    if (build.role !== 'ingress') return []
    const changes = steps.some(({ id, change }) => change && id === `container.${build.service.name}`)
    const { address, port } = build.at
    const isOpen = now?.at.address === address && now.at.port === port
    const led = ({ name, path }: WiredSite) => now?.sites.find(({ app, at }) => app === name && at === path)
    const isNoWider = (site: WiredSite) => led(site) !== undefined && (isGuarded(site, build) || !led(site)?.guarded)
    const weaker = build.sites.filter((site) => !isGuarded(site, build) && losesAccounts(site, steps, facts))
    const isSame = !changes || (isOpen && build.sites.every(isNoWider))
    if (isSame && weaker.length === 0) return []
    const names = (of: readonly WiredSite[]) => of.map(({ name }) => name)
    const guarded = names(build.sites.filter((site) => isGuarded(site, build)))
    const unguarded = names(build.sites.filter(({ signIn }) => isUnguarded(signIn)))
    return [
      {
        ...{ address, port, services: names(build.sites) },
        ...(guarded.length > 0 && { guarded }),
        ...(unguarded.length > 0 && { unguarded }),
      },
    ]
  })
}

/** People had to sign in with what was made for them, and the version that takes its place lets others in. */
function losesAccounts({ name, signIn }: WiredSite, steps: readonly PlanStep[], facts: Facts): boolean {
  if (signIn?.by === 'made' || !steps.some(({ id, change }) => change && id === `container.${name}`)) return false
  const before = proofNow(name, facts)
  return before?.serves === 'page' && before.signIn?.by === 'made'
}

/** Of a version that comes back: what it opens that is not open now just so. */
export function openingsBack({ spec, proof }: StepSpecOf<'container'>, facts: Facts): Opening[] {
  if (proof.serves === 'page') return openWithoutAccounts(spec.deployment, proof, facts)
  if (proof.serves !== 'ingress' || spec.lan === undefined) return []
  const { at, sites } = proof
  const found = valueOr(facts.containers, []).find(({ name }) => name === containerName(spec.deployment))
  const now = found === undefined ? undefined : proofNow(spec.deployment, facts)
  const led = now?.serves === 'ingress' && now.at.address === at.address && now.at.port === at.port ? now.sites : []
  const isNoWider = (site: OpenSite) =>
    led.some((one) => one.app === site.app && one.at === site.at && (site.guarded === true || one.guarded !== true))
  if (sites.every(isNoWider)) return []
  const guarded = sites.filter((one) => one.guarded === true).map(({ app }) => app)
  const services = sites.map(({ app }) => app)
  return [{ address: at.address, port: at.port, services, ...(guarded.length > 0 && { guarded }) }]
}

/** Of an app that comes back to where the local network reaches it, and asks for no account any more. */
function openWithoutAccounts(app: string, { signIn }: Pick<PageProof, 'signIn'>, facts: Facts): Opening[] {
  const before = proofNow(app, facts)
  const had = before?.serves === 'page' && before.signIn?.by === 'made'
  if (!had || signIn?.by === 'made') return []
  return valueOr(facts.containers, []).flatMap(({ labels, state }): Opening[] => {
    const proof = deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data
    if (proof?.serves !== 'ingress' || state !== 'running') return []
    const isOpen = proof.sites.some((site) => site.app === app && site.guarded !== true)
    const { address, port } = proof.at
    return isOpen ? [{ address, port, services: [app], ...(isUnguarded(signIn) && { unguarded: [app] }) }] : []
  })
}

/** By its container, or where that is gone by the record of it. */
function proofNow(deployment: string, { containers, deployments }: Facts): DeploymentProof | undefined {
  const found = valueOr(containers, []).find(({ name }) => name === containerName(deployment))
  const record = valueOr(deployments, []).find((one) => one.deployment === deployment)
  return deploymentProof.safeParse(jsonIn(found?.labels[proofLabel] ?? '')).data ?? record?.proof
}
