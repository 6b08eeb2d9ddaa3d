// A model as makers publish them in safetensors: three files of weights with an index, the texts around them, and a file
// in a folder below. The weights are random. Another version has one other file of weights, and shares the rest.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { seededBytes } from '../artifacts/seeded-bytes.ts'

const mebibyte = 1024 * 1024
const layers = 3
const config = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: 256,
  num_hidden_layers: layers,
  num_attention_heads: 4,
  num_key_value_heads: 4,
  max_position_embeddings: 2048,
  torch_dtype: 'bfloat16',
}

const weightsName = (at: number) => `model-0000${at + 1}-of-0000${layers}.safetensors`

/** Of so many bytes, after the header that names it. */
function safetensors(name: string, bytes: number, seed: string): Buffer {
  const header = JSON.stringify({ [name]: { dtype: 'U8', shape: [bytes], data_offsets: [0, bytes] } })
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, Buffer.from(header), seededBytes(seed).take(bytes)])
}

/** `firstMib`: of weights in the first file; more than 64 is more than an artifact is sent in pieces of. */
export async function writeTinySafetensors(folder: string, version: number, firstMib = 70): Promise<void> {
  const texts = {
    'config.json': config,
    'generation_config.json': { max_new_tokens: 16 },
    'tokenizer.json': { version: '1.0', model: { type: 'BPE', vocab: {}, merges: [] } },
    'tokenizer_config.json': { model_max_length: 2048 },
    'assets/licences/notice.json': { licence: 'Apache-2.0' },
    'model.safetensors.index.json': {
      metadata: { total_size: (firstMib + 10) * mebibyte },
      weight_map: Object.fromEntries(Array.from({ length: layers }, (_, at) => [`layer.${at}`, weightsName(at)])),
    },
  }
  for (const [path, value] of Object.entries(texts)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), `${JSON.stringify(value, null, 2)}\n`)
  }
  for (let at = 0; at < layers; at += 1) {
    const seed = `rackside folder ${at} ${at === layers - 1 ? version : 1}`
    const bytes = (at === 0 ? firstMib : 5) * mebibyte
    await writeFile(join(folder, weightsName(at)), safetensors(`layer.${at}`, bytes, seed))
  }
}
