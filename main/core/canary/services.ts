// Which services of an appliance can be asked: its models, and which questions each. Read from what runs there, and for the
// tools that a model calls from the entry that this console has of it.
import { containerName } from '../../../shared/apply/container-run.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import { type CanaryCandidate, type CanarySubject, canaryCandidate } from '../../../shared/domain/canary.ts'
import type { CanarySet } from '../../../shared/domain/canary-set.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { isModelProof, type ModelProof } from '../../../shared/domain/deployment.ts'
import { type Container, type Facts, isUp } from '../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { modelIn } from '../../../shared/domain/installed-origin.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { deploymentLabel, entryLabel, versionLabel } from '../../../shared/domain/remote-layout.ts'
import type { CanaryService } from '../../verify/canary/canary-service.ts'
import { readProof } from '../../verify/climb.ts'
import { openingToChange } from '../appliances.ts'
import type { Core } from '../context.ts'
import { gatherNow } from '../gather.ts'

export type FoundService = {
  readonly service: CanaryService
  readonly subject: Omit<CanarySubject, 'host' | 'port' | 'demo'>
  readonly container: Container
}

export async function canaryCandidates(core: Core, target: Target): Promise<Result<CanaryCandidate[]>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    if (!facts.ok) return facts
    const found = servicesIn(core, facts.value)
    return found.ok ? ok(found.value.map(shown)) : found
  })
}

/** The service of that name. */
export async function findService(
  core: Core,
  connection: Connection,
  deployment: string,
): Promise<Result<FoundService>> {
  const facts = await gatherNow(core, connection)
  if (!facts.ok) return facts
  const services = servicesIn(core, facts.value)
  if (!services.ok) return services
  const found = services.value.find(({ subject }) => subject.deployment === deployment)
  if (found !== undefined) return ok(found)
  const other = services.value.map(({ subject }) => subject.deployment).join(', ')
  return fail({ kind: 'usage', problem: 'canary-deployment', word: deployment, other })
}

/** By name. */
export function servicesIn(core: Pick<Core, 'builtIn'>, { containers }: Facts): Result<FoundService[]> {
  if (containers.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: containers.why })
  const found = valueOr(containers, []).flatMap((container) => {
    const proof = readProof(container)
    const isOurs = container.name === containerName(container.labels[deploymentLabel] ?? '')
    if (proof === undefined || !isModelProof(proof) || !isOurs || !isUp(container)) return []
    const one = serviceOf(core, container, proof)
    // A label may say anything: what has no place in a result is asked by nobody.
    return canaryCandidate.safeParse(shown(one)).success ? [one] : []
  })
  return ok(found.sort((a, b) => (a.subject.deployment < b.subject.deployment ? -1 : 1)))
}

function shown({ service: { set }, subject: { deployment, model } }: FoundService): CanaryCandidate {
  return { deployment, model, set }
}

function serviceOf(core: Pick<Core, 'builtIn'>, container: Container, proof: ModelProof): FoundService {
  const { labels } = container
  const said = (label: string) => (labels[label] ?? 'unknown').slice(0, 64)
  const named = { deployment: proof.deployment, entry: said(entryLabel), version: said(versionLabel) }
  const callsTools = isCallingTools(core, container)
  return { service: { proof, set: setOf(proof), callsTools }, subject: { ...named, model: proof.modelName }, container }
}

/** What its entry says, or else what it is for. */
function setOf({ canary, serves }: Pick<ModelProof, 'canary' | 'serves'>): CanarySet {
  if (canary === 'basic') return 'basic'
  return ({ 'openai-chat': 'clinical', 'openai-embeddings': 'embeddings', rerank: 'rerank' } as const)[serves]
}

/** Only of a model whose entry came with this console: a label does not say it. */
function isCallingTools({ builtIn }: Pick<Core, 'builtIn'>, container: Container): boolean {
  const model = modelIn(container)
  const entries = builtIn()
  if (model === undefined || !entries.ok) return false
  return entries.value.some((one) => one.kind === 'model' && one.id === model.entry && one.can.includes('tools'))
}
