// An artifact is bytes named by their sha256: a container image archive, model weights, a file. Weights that are a folder
// are the list of its files, and each of them is an artifact of its own.
// The digest list binds the artifact ids that entries use to exact bytes, with one hash per 64 MiB
// chunk, so that a transfer is checked piece by piece and resumes without a second full read.
import * as z from 'zod'
import { printable } from './entry/entry-text.ts'
import { modelShape } from './model-shape.ts'
import { remoteArtifacts } from './remote-layout.ts'
import { sha256Hex } from './sha256.ts'
import { filesListText, weightsFiles } from './weights-folder.ts'

/** Bytes of one chunk of an artifact (64 MiB). The last chunk of a file may be shorter. */
export const chunkBytes = 64 * 1024 * 1024

export const ociDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/)
export const entryId = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/)

/** Platform of a container image, in the words of OCI and Docker ("amd64", "arm64"). */
export const platform = z.strictObject({
  os: z.literal('linux'),
  architecture: z.enum(['amd64', 'arm64']),
})

/**
 * Docker's two image stores name one image differently: the classic store by the digest of its config, the containerd
 * store by the digest that the archive's index names: of its manifest, or of an index around it (BuildKit makes one for
 * its attestations). Either one means "already there".
 */
export const imageIdentity = z.strictObject({
  configDigest: ociDigest,
  manifestDigest: ociDigest,
  platform,
  unpackedBytes: z.int().nonnegative(),
})
export type ImageIdentity = z.infer<typeof imageIdentity>

export const weightsFormat = z.enum(['gguf', 'safetensors'])

/**
 * What is said of the model is read from itself when the artifact is made. A gguf is one file. Of a folder the artifact
 * is the list of its files, `bytes` what they weigh together.
 */
const weights = z.discriminatedUnion('format', [
  z.strictObject({ format: z.literal('gguf'), shape: modelShape }),
  z.strictObject({
    format: z.literal('safetensors'),
    shape: modelShape,
    bytes: z.int().positive(),
    files: weightsFiles,
  }),
])

const artifactBase = {
  id: entryId,
  sha256: sha256Hex,
  bytes: z.int().positive(),
  /** sha256 of each 64 MiB chunk, in file order. */
  chunks: z.array(sha256Hex).min(1).max(65_536),
}
export const artifact = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('image'), ...artifactBase, image: imageIdentity }),
    z.strictObject({ kind: z.literal('weights'), ...artifactBase, weights }),
    z.strictObject({ kind: z.literal('file'), ...artifactBase }),
  ])
  .refine((a) => a.chunks.length === Math.ceil(a.bytes / chunkBytes), {
    message: 'the number of chunk hashes does not match the number of bytes',
  })
  .refine(({ chunks, sha256 }) => chunks.length > 1 || chunks[0] === sha256, {
    message: 'the hash of its only chunk is not its sha256',
  })
export type Artifact = z.infer<typeof artifact>

export const mostArtifacts = 10_000

export const digestList = z.strictObject({
  format: z.literal(1),
  artifacts: z
    .array(artifact)
    .max(mostArtifacts)
    .superRefine((artifacts, context) => {
      const message = brokenFolder(artifacts)
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    }),
})

/** Every file of a folder is in the list, and together they weigh what it says. What is wrong first. */
export function brokenFolder(artifacts: readonly Artifact[]): string | undefined {
  const bytesOf = new Map(artifacts.map(({ sha256, bytes }) => [sha256, bytes]))
  for (const one of artifacts) {
    if (one.kind !== 'weights' || one.weights.format !== 'safetensors') continue
    const { files, bytes: stated } = one.weights
    const missing = files.find(({ sha256 }) => !bytesOf.has(sha256))
    const sum = files.reduce((all, { sha256 }) => all + (bytesOf.get(sha256) ?? 0), 0)
    if (missing !== undefined) {
      return `${one.id}: its file ${missing.path} (sha256 ${missing.sha256}) is not in the list`
    }
    if (sum !== stated) return `${one.id}: its files have ${sum} bytes instead of ${stated}`
    if (one.bytes !== filesListText(files).length) return `${one.id}: its bytes are not those of the list of its files`
  }
  return undefined
}

/** Of all files of the weights. */
export function bytesOfWeights({ bytes, weights }: Extract<Artifact, { kind: 'weights' }>): number {
  return weights.format === 'safetensors' ? weights.bytes : bytes
}

/** `bundle.json` at the top of an offline folder. Whether somebody vouches for it its signatures say, not the header. */
export const bundleHeader = z.strictObject({
  format: z.literal(1),
  name: entryId,
  publisher: z.strictObject({ id: entryId, name: printable(200).min(1) }),
  createdAt: z.iso.datetime(),
})
export type BundleHeader = z.infer<typeof bundleHeader>

/** Where an artifact's bytes lie inside an offline folder, and under /var/lib/rackside on an appliance. */
export function artifactFileName(sha256: string): string {
  return `sha256-${sha256}`
}

/** Where it lies on an appliance. */
export function artifactPath(sha256: string): string {
  return `${remoteArtifacts}/${artifactFileName(sha256)}`
}

/** A digest as a name: without its algorithm. */
export function digestHex(digest: string): string {
  return digest.replace('sha256:', '')
}
