// Which services of an appliance can be evaluated: models that chat. Of the one that is, what it is made of is read from what
// runs there and from what the appliance keeps of it.
import type { Target } from '../../../shared/contract/contract.ts'
import { artifactPath } from '../../../shared/domain/artifact.ts'
import type { CanaryCandidate } from '../../../shared/domain/canary.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { EvaluationSubject } from '../../../shared/domain/evaluation.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { modelIn } from '../../../shared/domain/installed-origin.ts'
import { specLabel } from '../../../shared/domain/remote-layout.ts'
import { sha256Hex } from '../../../shared/domain/sha256.ts'
import { modelFolderAt } from '../../../shared/domain/weights-folder.ts'
import { gatherKept } from '../../facts/kept.ts'
import type { AskedModel } from '../../verify/evaluation/ask-item.ts'
import { openingToChange } from '../appliances.ts'
import { type FoundService, servicesIn } from '../canary/services.ts'
import type { Core } from '../context.ts'
import { gatherNow } from '../gather.ts'

type Candidate = Pick<CanaryCandidate, 'deployment' | 'model'>

export async function evaluationCandidates(core: Core, target: Target): Promise<Result<Candidate[]>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, async (connection) => {
    const found = await chattingServices(core, connection)
    return found.ok ? ok(found.value.map(({ subject: { deployment, model } }) => ({ deployment, model }))) : found
  })
}

async function chattingServices(core: Core, connection: Connection): Promise<Result<FoundService[]>> {
  const facts = await gatherNow(core, connection)
  if (!facts.ok) return facts
  const services = servicesIn(core, facts.value)
  return services.ok ? ok(services.value.filter(({ service }) => service.proof.serves === 'openai-chat')) : services
}

export type EvaluatedService = {
  readonly service: AskedModel
  readonly subject: Omit<EvaluationSubject, 'host' | 'port' | 'demo'>
}

/** The service of that name. */
export async function findEvaluated(
  core: Core,
  connection: Connection,
  deployment: string,
): Promise<Result<EvaluatedService>> {
  const services = await chattingServices(core, connection)
  if (!services.ok) return services
  const found = services.value.find(({ subject }) => subject.deployment === deployment)
  if (found === undefined) {
    const other = services.value.map(({ subject }) => subject.deployment).join(', ')
    return fail({ kind: 'usage', problem: 'evaluation-deployment', word: deployment, other })
  }
  const { proof } = found.service
  const { labels, imageId } = found.container
  const spec = labels[specLabel]?.slice(0, 80)
  const modelEntry = modelIn(found.container)
  const weights = spec === undefined ? undefined : await weightsOf(connection, spec)
  const subject = {
    ...{ ...found.subject, image: imageId.slice(0, 80) },
    ...(proof.metricsReader !== undefined && { engine: proof.metricsReader }),
    ...(modelEntry !== undefined && { modelEntry }),
    ...(spec !== undefined && { spec }),
    ...(weights !== undefined && { weights }),
  }
  const { hostPort: port, readyPath, modelName: model, metricsReader: engine } = proof
  return ok({ service: { port, readyPath, model, engine }, subject })
}

/** Of the artifact or folder that its container was given, as the appliance keeps it; undefined where it says none, or several. */
async function weightsOf(connection: Connection, specDigest: string): Promise<string | undefined> {
  const kept = await gatherKept(connection)
  if (!kept.ok) return undefined
  const version = kept.value.versions.find(({ step }) => step.specDigest === specDigest)
  const digests = version?.step.spec.mounts.flatMap(({ source }) => {
    const digest = modelFolderAt(source) ?? artifactAt(source)
    return sha256Hex.safeParse(digest).data ?? []
  })
  const [only, ...others] = digests ?? []
  return others.length === 0 ? only : undefined
}

function artifactAt(path: string): string | undefined {
  return path.startsWith(artifactPath('')) ? path.slice(artifactPath('').length) : undefined
}
