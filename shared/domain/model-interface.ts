// What a model service is asked for follows from what its model can do: one that can chat is asked to chat. Engines
// serve several interfaces, and with one model always one of them.
import type { ModelEntry } from './entry/model-entry.ts'

const chatInterface = 'openai-chat@1'
export const embeddingsInterface = 'openai-embeddings@1'
export const rerankInterface = 'rerank@1'
const modelInterfaces = [chatInterface, embeddingsInterface, rerankInterface] as const
type ModelInterface = (typeof modelInterfaces)[number]

export function interfaceOf({ can }: Pick<ModelEntry, 'can'>): ModelInterface {
  if (can.includes('chat')) return chatInterface
  if (can.includes('embedding')) return embeddingsInterface
  return can.includes('rerank') ? rerankInterface : chatInterface
}

/** Of all that a runtime provides what it does with this model. */
export function interfacesWith(model: Pick<ModelEntry, 'can'>, provides: readonly string[]): string[] {
  const others = modelInterfaces.filter((one) => one !== interfaceOf(model)) as readonly string[]
  return provides.filter((one) => !others.includes(one))
}
