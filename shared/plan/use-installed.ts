// Apps that bring no model and ask one that another solution installed. Which one is what somebody says, or else the one
// that the app uses now, or else the only one there is: nobody's app changes its model because another one was installed.
import { containerName } from '../apply/container-run.ts'
import { deploymentProof, isModelProof } from '../domain/deployment.ts'
import { type SolutionEntry, servicesOf } from '../domain/entry/solution-entry.ts'
import type { Container, Facts } from '../domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../domain/failure.ts'
import {
  type InstalledInterface,
  type PlanUse,
  type UsedModelService,
  type UseWishes,
  usedModelService,
} from '../domain/installed-model.ts'
import { jsonIn } from '../domain/json-text.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel, proofLabel, usesLabel } from '../domain/remote-layout.ts'
import type { UsedModel } from './choose/choose-services.ts'

export type InstalledModels = {
  /** By the service that asks. */
  readonly models: ReadonlyMap<string, UsedModel>
  readonly uses: readonly PlanUse[]
  readonly problems: readonly Failure[]
}

type Candidate = UsedModelService & { readonly port: number; readonly serves: InstalledInterface }

/** Fails for a wish that is about none of the services that ask, or not about one of them. */
export function installedModels(solution: SolutionEntry, wishes: UseWishes, facts: Facts): Result<InstalledModels> {
  const asking = servicesOf(solution).flatMap((one) =>
    one.role === 'app' && one.usesInstalled !== undefined ? [{ service: one.name, serves: one.usesInstalled }] : [],
  )
  const wished = new Map<string, string>()
  for (const { service, deployment } of wishes) {
    const [about, ...others] = asking.filter((one) => service === undefined || one.service === service)
    if (about === undefined || others.length > 0) {
      const known = asking.map((one) => one.service)
      return fail({ kind: 'choose-model', service: service ?? '', deployment, serves: '', known, reason: 'no-service' })
    }
    wished.set(about.service, deployment)
  }
  const all = candidatesOf(solution, facts)
  const models = new Map<string, UsedModel>()
  const uses: PlanUse[] = []
  const problems: Failure[] = []
  for (const { service, serves } of asking) {
    const able = all.filter((one) => one.serves === serves)
    const found = chosenOf({ service, serves, wish: wished.get(service) }, able, facts)
    const candidates = able.map(shownOf)
    if (!found.ok) {
      problems.push(found.failure)
      uses.push({ service, serves, candidates })
      continue
    }
    const { deployment: name, port: containerPort, modelName, network } = found.value
    models.set(service, { name, containerPort, modelName, network })
    uses.push({ service, serves, uses: shownOf(found.value), candidates })
  }
  return ok({ models, uses, problems })
}

function shownOf({ deployment, network, modelName }: Candidate): UsedModelService {
  return { deployment, network, modelName }
}

type Asking = { readonly service: string; readonly serves: InstalledInterface; readonly wish: string | undefined }

function chosenOf({ service, serves, wish }: Asking, able: readonly Candidate[], facts: Facts): Result<Candidate> {
  const known = able.map(({ deployment }) => deployment)
  const wanted = wish ?? usedNow(service, facts)
  const [only] = able
  if (wanted === undefined && able.length === 1 && only !== undefined) return ok(only)
  const found = able.find(({ deployment }) => deployment === wanted)
  if (found !== undefined) return ok(found)
  const reason = wish !== undefined ? 'not-there' : wanted !== undefined ? 'gone' : able.length > 0 ? 'several' : 'none'
  return fail({ kind: 'choose-model', service, deployment: wanted ?? '', serves, known, reason })
}

/** By its container, or where that is gone by the record of it. */
function usedNow(service: string, { containers, deployments }: Facts): string | undefined {
  const found = valueOr(containers, []).find(({ name }) => name === containerName(service))
  if (found !== undefined) return usedBy(found)?.deployment
  return valueOr(deployments, []).find((one) => one.deployment === service)?.uses?.deployment
}

/** What the container of an app says that it uses. */
function usedBy({ labels }: Pick<Container, 'labels'>): UsedModelService | undefined {
  return usedModelService.safeParse(jsonIn(labels[usesLabel] ?? '')).data
}

/**
 * By name: model services of other solutions that run. A gateway is none of them: it lets in whom its own solution gave a
 * key, and a key more would change a service of that solution. The model behind it can be asked without it.
 */
function candidatesOf(solution: SolutionEntry, { containers }: Facts): Candidate[] {
  const own = solution.services.map(({ name }) => name)
  return valueOr(containers, [])
    .flatMap((one) => candidateIn(one) ?? [])
    .filter(({ deployment, network }) => !own.includes(deployment) && network !== `rackside-${solution.id}`)
    .sort((a, b) => (a.deployment < b.deployment ? -1 : 1))
    .slice(0, 100)
}

/** Anybody may label a container: its name says so too. In the network of the host nothing is found by a name. */
function candidateIn(container: Container): Candidate | undefined {
  const { name, labels, state, place } = container
  const deployment = labels[deploymentLabel] ?? ''
  if (state !== 'running' || place === undefined || name !== containerName(deployment)) return undefined
  const proof = deploymentProof.safeParse(jsonIn(labels[proofLabel] ?? '')).data
  if (proof === undefined || !isModelProof(proof) || proof.deployment !== deployment) return undefined
  const found = usedModelService.safeParse({ deployment, network: place.network, modelName: proof.modelName })
  return found.success ? { ...found.data, port: place.port, serves: proof.serves } : undefined
}

/** The model service that an app was installed with, as it is now; undefined where it is not there. */
export function installedModel(deployment: string, { containers }: Pick<Facts, 'containers'>) {
  return valueOr(containers, [])
    .flatMap((one) => candidateIn(one) ?? [])
    .find((one) => one.deployment === deployment)
}
