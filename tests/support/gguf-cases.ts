// The one loader of GGUF headers: tests/fixtures/models/gguf-headers.json has their keys without the architecture's name,
// and the shape that they say, or a piece of what is said against them.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type GgufValue, ggufHeader } from '../../scripts/lab/artifacts/gguf-format.ts'
import type { ModelShape } from '../../shared/domain/model-shape.ts'

type Keys = Readonly<Record<string, number | number[]>>
export type GgufCase = {
  readonly name: string
  readonly architecture: string
  readonly keys: Keys
  readonly shape?: ModelShape
  readonly why?: string
}

const file = fileURLToPath(new URL('../fixtures/models/gguf-headers.json', import.meta.url))
export const ggufCases = JSON.parse(readFileSync(file, 'utf8')) as readonly GgufCase[]

type Model = Pick<GgufCase, 'architecture' | 'keys'> & { readonly tokens?: readonly string[] }
const someTokens = Array.from({ length: 200 }, (_, at) => `token ${at}`)

/** With a vocabulary in front of the keys, as no converter writes it and any tool may. */
export function headerOf({ architecture, keys, tokens = someTokens }: Model, files = 1): Buffer {
  const named = Object.entries(keys).map(([key, value]): [string, GgufValue] => [
    `${architecture}.${key}`,
    typeof value === 'number' ? { type: 'uint32', value } : { type: 'int32s', value },
  ])
  const tensors = [{ name: 'output.weight', dimensions: [8, 8] }]
  return ggufHeader(
    {
      'general.architecture': { type: 'string', value: architecture },
      'tokenizer.ggml.tokens': { type: 'strings', value: tokens },
      'tokenizer.ggml.scores': { type: 'float32s', value: tokens.map(() => 0.5) },
      ...Object.fromEntries(named),
      ...(files > 1 && { 'split.count': { type: 'uint32', value: files } }),
    },
    tensors,
  )
}
