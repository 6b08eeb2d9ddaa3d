// How a model service is proven: by what its model can do, where its runtime is asked for that.
import type { AskedProof, ModelProof } from '../domain/deployment.ts'
import type { ModelEntry } from '../domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../domain/entry/runtime-entry.ts'
import { embeddingsInterface, interfaceOf, rerankInterface } from '../domain/model-interface.ts'

type Served = { readonly model: ModelEntry; readonly runs: RuntimeEntry }

export function modelProofOf(
  { model, runs }: Served,
  service: Pick<AskedProof, 'deployment' | 'hostPort' | 'readyPath'>,
): ModelProof {
  const { metrics, listsModels, rerank } = runs
  const base = {
    ...service,
    modelName: model.servedName,
    ...(metrics !== undefined && { metricsPath: metrics.path, metricsReader: metrics.reader }),
    ...(listsModels ? {} : { listsModels: false as const }),
    ...(model.canary !== undefined && { canary: model.canary }),
  }
  const asked = interfaceOf(model)
  if (asked === embeddingsInterface) {
    const { embeddingDimensions: dimensions } = model
    return { serves: 'openai-embeddings', ...base, ...(dimensions !== undefined && { dimensions }) }
  }
  if (asked === rerankInterface && rerank !== undefined) {
    return { serves: 'rerank', ...base, rerankPath: rerank.path, rerankForm: rerank.form }
  }
  return { serves: 'openai-chat', ...base }
}
