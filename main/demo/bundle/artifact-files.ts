// The bytes of the demo's artifacts: a sentence that says what the file is, then zeros, which take no room on the
// disk. Their length makes an upload last long enough to be watched, and to be cut off and resumed.
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import { type Artifact, chunkBytes, type ImageIdentity } from '../../../shared/domain/artifact.ts'
import type { ModelShape } from '../../../shared/domain/model-shape.ts'

export type ArtifactPlan = { readonly id: string; readonly bytes: number } & (
  | { readonly kind: 'image'; readonly unpackedBytes: number }
  | { readonly kind: 'weights'; readonly shape: ModelShape }
)

const mebibyte = 1024 * 1024
const zeros = Buffer.alloc(4 * mebibyte)

/** Shapes as real models of these sizes have them: grouped-query attention with 8 heads of 128. */
const attention = { kind: 'grouped-query', attentionHeads: 64, kvHeads: 8, headDimension: 128 } as const
const shape = { architecture: 'demo', attention, maxContextTokens: 32_768 }

export const artifactPlans: readonly ArtifactPlan[] = [
  { id: 'demo-runtime-image', kind: 'image', bytes: 24 * mebibyte, unpackedBytes: 64 * mebibyte },
  { id: 'demo-note-image', kind: 'image', bytes: 8 * mebibyte, unpackedBytes: 20 * mebibyte },
  { id: 'demo-clinic-8b-weights', kind: 'weights', bytes: 40 * mebibyte, shape: { ...shape, layers: 36 } },
  { id: 'demo-hospital-72b-weights', kind: 'weights', bytes: 72 * mebibyte, shape: { ...shape, layers: 80 } },
]

export function openingOf({ id, kind }: ArtifactPlan): string {
  const what = kind === 'image' ? 'container image' : 'model file'
  return `Rackside demo: this file stands for a ${what} (${id}). It holds nothing but this sentence.\n`
}

export async function writeArtifact(file: string, plan: ArtifactPlan): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(openingOf(plan))
    await handle.truncate(plan.bytes)
  } finally {
    await handle.close()
  }
}

/** The digests follow from the plan alone: nothing is read back. */
export async function describeArtifact(plan: ArtifactPlan): Promise<Artifact> {
  const whole = createHash('sha256')
  const chunks: string[] = []
  let opening = Buffer.from(openingOf(plan))
  for (let start = 0; start < plan.bytes; start += chunkBytes) {
    // The first chunk is the beginning of the whole: one sum for both.
    const chunk = start === 0 ? whole : createHash('sha256')
    let left = Math.min(chunkBytes, plan.bytes - start)
    while (left > 0) {
      const piece = opening.length > 0 ? opening : zeros.subarray(0, left)
      opening = Buffer.alloc(0)
      whole.update(piece)
      if (chunk !== whole) chunk.update(piece)
      left -= piece.length
      // Hashing is work, and the console goes on meanwhile.
      await breathe()
    }
    chunks.push(chunk.copy().digest('hex'))
  }
  const { id, bytes } = plan
  const base = { id, bytes, sha256: whole.digest('hex'), chunks }
  return plan.kind === 'image'
    ? { kind: 'image', ...base, image: identityOf(id, plan.unpackedBytes) }
    : { kind: 'weights', ...base, weights: { format: 'gguf', shape: plan.shape } }
}

/** No engine ever unpacks these images: their names give them an identity. */
function identityOf(id: string, unpackedBytes: number): ImageIdentity {
  const digest = (part: string) => `sha256:${createHash('sha256').update(`${id} ${part}`).digest('hex')}`
  return {
    configDigest: digest('config'),
    manifestDigest: digest('manifest'),
    platform: { os: 'linux', architecture: 'amd64' },
    unpackedBytes,
  }
}
