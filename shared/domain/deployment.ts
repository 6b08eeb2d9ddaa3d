// A deployment is an installed entry: what it is, and how anybody can prove that it answers. The record of
// it lies on the appliance, so that a deployment that is gone is missed and not forgotten.
import * as z from 'zod'
import { entryId, imageIdentity } from './artifact.ts'
import { chatCanarySet } from './canary-set.ts'
import { usedModelService } from './installed-model.ts'
import { recordedOrigin } from './origin.ts'
import { keptPrivileges } from './privilege.ts'
import { absolutePath, openSite, publishedAt, servicePort } from './service-address.ts'
import { secretName } from './service-file.ts'
import { chosenSettings } from './setting.ts'
import { ingressGuard, signIn } from './sign-in.ts'

/** Which reader of shared/observe/runtimes understands an engine's metrics. */
export const metricsReader = z.enum([
  ...(['llama-cpp', 'vllm', 'sglang', 'mindie'] as const),
  ...(['lmdeploy', 'tensorrt-llm', 'xinference', 'tei'] as const),
])
export type MetricsReader = z.infer<typeof metricsReader>

/** Which of the forms of a rerank request and its answer an engine speaks: see shared/verify/ranking.ts. */
export const rerankForm = z.enum(['jina', 'sglang', 'tei'])
export type RerankForm = z.infer<typeof rerankForm>

/** More numbers than the vectors of any model have. */
export const mostDimensions = 65_536

const modelService = {
  deployment: entryId,
  hostPort: servicePort,
  readyPath: absolutePath,
  modelName: z.string(),
  /** Both, or neither of an engine that publishes none. */
  metricsPath: absolutePath.optional(),
  metricsReader: metricsReader.optional(),
  /** Said of an engine that has no list of its models. */
  listsModels: z.literal(false).optional(),
  /** Which questions a canary asks, where its entry says it. */
  canary: chatCanarySet.optional(),
}

/** How a deployment is proven: the lowest rungs are common, the upper ones depend on what it serves. */
export const deploymentProof = z.discriminatedUnion('serves', [
  z.strictObject({ serves: z.literal('openai-chat'), ...modelService }),
  z.strictObject({
    serves: z.literal('openai-embeddings'),
    ...modelService,
    /** Numbers of a vector, where the model's maker says it. */
    dimensions: z.int().min(1).max(mostDimensions).optional(),
  }),
  z.strictObject({ serves: z.literal('rerank'), ...modelService, rerankPath: absolutePath, rerankForm }),
  z.strictObject({
    serves: z.literal('openai-gateway'),
    deployment: entryId,
    hostPort: servicePort,
    readyPath: absolutePath,
    /** Names of the models behind it. */
    models: z.array(z.string().max(200)).min(1).max(50),
    /** Of the gateway's secrets the console's own key. */
    keyName: secretName,
  }),
  z.strictObject({
    serves: z.literal('ingress'),
    deployment: entryId,
    hostPort: servicePort,
    readyPath: absolutePath,
    /** Where it is published, and what leads where there. */
    at: publishedAt,
    sites: z.array(openSite).min(1).max(50),
    /** What sites that are guarded ask for: a user, and a secret of the ingress. */
    guard: ingressGuard.optional(),
  }),
  z.strictObject({
    serves: z.literal('page'),
    deployment: entryId,
    hostPort: servicePort,
    readyPath: absolutePath,
    signIn: signIn.optional(),
  }),
  /** What other programs of the house ask by HTTP. */
  z.strictObject({ serves: z.literal('api'), deployment: entryId, hostPort: servicePort, readyPath: absolutePath }),
  /** What talks something else than HTTP: the engine's check of it says how it is. */
  z.strictObject({ serves: z.literal('program'), deployment: entryId, hostPort: servicePort }),
  /** Of a container that another deployment is made of: nobody but that one reaches it, and the engine's check of it says how it is. */
  z.strictObject({ serves: z.literal('part'), deployment: entryId, of: entryId }),
])
export type DeploymentProof = z.infer<typeof deploymentProof>
/** Of a service that is one model. */
export type ModelProof = Extract<DeploymentProof, { modelName: string }>

export function isModelProof(proof: DeploymentProof): proof is ModelProof {
  return 'modelName' in proof
}

/** Of what is asked by HTTP at a port of the appliance. */
export type AskedProof = Exclude<DeploymentProof, { serves: 'part' | 'program' }>

export function isAsked(proof: DeploymentProof): proof is AskedProof {
  return proof.serves !== 'part' && proof.serves !== 'program'
}

export type EngineMetrics = { readonly path: string; readonly reader: MetricsReader }

/** Undefined of an engine that publishes none. */
export function metricsOf({ metricsPath, metricsReader: reader }: ModelProof): EngineMetrics | undefined {
  return metricsPath === undefined || reader === undefined ? undefined : { path: metricsPath, reader }
}

export const deploymentRecord = z.strictObject({
  deployment: entryId,
  entry: z.string().max(64),
  version: z.string().max(64),
  proof: deploymentProof,
  /** Names of what its container has beyond the limits of every one; missing where it has nothing. */
  privileges: keptPrivileges.optional(),
  /** Somebody chose the port that its proof names; missing where nobody did. */
  portChosen: z.literal(true).optional(),
  /** What somebody chose; missing where nobody did. */
  settings: chosenSettings.optional(),
  /** The model service of another solution that it uses; missing where it uses none. */
  uses: usedModelService.optional(),
  /** Both are missing in records from before they were kept. */
  image: imageIdentity.optional(),
  origin: recordedOrigin.optional(),
})
export type DeploymentRecord = z.infer<typeof deploymentRecord>
