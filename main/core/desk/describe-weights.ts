// What a folder of safetensors is in a bundle: an artifact for each of its files, and one that is the list of them. For
// whoever makes bundles; nothing is copied.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type Artifact, artifact, chunkBytes } from '../../../shared/domain/artifact.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { filesListText } from '../../../shared/domain/weights-folder.ts'
import { readWeightsFolder } from '../../catalog/weights-folder.ts'

export type DescribedWeights = {
  /** Each once, with where its bytes lie. */
  readonly files: readonly { readonly artifact: Artifact; readonly file: string }[]
  /** The weights themselves: the artifact that entries name, and its bytes. */
  readonly list: { readonly artifact: Artifact; readonly text: string }
}

/** `id`: of the weights; their files are called after it. Rejects when a file cannot be read to its end. */
export async function describeWeights(id: string, folder: string): Promise<Result<DescribedWeights>> {
  const model = readWeightsFolder(folder)
  if (!model.ok) return model
  const artifacts = new Map<string, { readonly artifact: Artifact; readonly file: string }>()
  const files: { path: string; sha256: string }[] = []
  for (const [at, { path }] of model.value.files.entries()) {
    const file = join(folder, path)
    const digests = await digestsOfFile(file)
    files.push({ path, sha256: digests.sha256 })
    if (artifacts.has(digests.sha256)) continue
    artifacts.set(digests.sha256, {
      file,
      artifact: artifact.parse({ kind: 'file', id: fileId(id, at + 1, path), ...digests }),
    })
  }
  const text = filesListText(files)
  const bytesOf = (sha256: string) => artifacts.get(sha256)?.artifact.bytes ?? 0
  const bytes = files.reduce((sum, { sha256 }) => sum + bytesOf(sha256), 0)
  const weights = { format: 'safetensors', shape: model.value.shape, bytes, files }
  const list = artifact.parse({ kind: 'weights', id, ...(await digestsOf([Buffer.from(text)])), weights })
  return ok({ files: [...artifacts.values()], list: { artifact: list, text } })
}

/** Of their number, so that no two are the same; and of their path, so that a person sees which one is sent. */
function fileId(id: string, number: number, path: string): string {
  const name = path.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-')
  return `${id.slice(0, 24)}.${number}.${name}`.slice(0, 63)
}

/** In one pass. Rejects when it cannot be read to its end. */
export function digestsOfFile(file: string) {
  return digestsOf(createReadStream(file, { highWaterMark: 4 * 1024 * 1024 }))
}

/** Of the whole, and of each chunk. */
async function digestsOf(pieces: AsyncIterable<Buffer> | Iterable<Buffer>) {
  const whole = createHash('sha256')
  const chunks: string[] = []
  let chunk = createHash('sha256')
  let bytes = 0
  for await (const piece of pieces) {
    whole.update(piece)
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + chunkBytes - (bytes % chunkBytes))
      chunk.update(part)
      from += part.length
      bytes += part.length
      if (bytes % chunkBytes !== 0) continue
      chunks.push(chunk.digest('hex'))
      chunk = createHash('sha256')
    }
  }
  if (bytes % chunkBytes !== 0) chunks.push(chunk.digest('hex'))
  return { sha256: whole.digest('hex'), bytes, chunks }
}
