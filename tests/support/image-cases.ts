// Image archives made by hand, of one small layer, for tests that name, forge and double what is in them.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type TarFile, tarOf } from '../../main/catalog/build/tar.ts'
import { poolFile } from '../../main/catalog/container/store.ts'
import type { Artifact, ImageIdentity } from '../../shared/domain/artifact.ts'

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const blob = (bytes: string | Uint8Array) => `blobs/sha256/${sha256(bytes)}`

export type ImageParts = {
  readonly config: string
  readonly manifest: string
  /** Text of manifest.json and of index.json. */
  readonly docker: string
  readonly index: string
  readonly identity: ImageIdentity
  readonly layer: Buffer
}

type Wish = { readonly layer?: Buffer; readonly config?: (json: string) => string }

/** As an engine saves an image by its id. */
export function imageParts({
  layer = Buffer.alloc(2048, 'layer'),
  config: change = (json) => json,
}: Wish = {}): ImageParts {
  const platform = { os: 'linux', architecture: 'amd64' }
  const config = change(
    JSON.stringify({
      ...platform,
      config: { Labels: { maintainer: 'clinic' } },
      rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
    }),
  )
  const of = (mediaType: string, bytes: string | Buffer) => ({
    ...{ mediaType: `application/vnd.oci.image.${mediaType}`, digest: `sha256:${sha256(bytes)}`, size: bytes.length },
  })
  const manifest = JSON.stringify({
    ...{ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json' },
    ...{ config: of('config.v1+json', config), layers: [of('layer.v1.tar', layer)] },
  })
  return {
    ...{ config, manifest, layer },
    docker: JSON.stringify([{ Config: blob(config), RepoTags: null, Layers: [blob(layer)] }]),
    index: JSON.stringify({ schemaVersion: 2, manifests: [of('manifest.v1+json', manifest)] }),
    identity: {
      ...{ configDigest: `sha256:${sha256(config)}`, manifestDigest: `sha256:${sha256(manifest)}` },
      ...{ platform: { os: 'linux', architecture: 'amd64' }, unpackedBytes: layer.length },
    },
  }
}

export function filesOf({ config, manifest, docker, index, layer }: ImageParts): Map<string, string | Buffer> {
  return new Map<string, string | Buffer>([
    ['manifest.json', docker],
    ['index.json', index],
    ...[config, manifest, layer].map((bytes) => [blob(bytes), bytes] as const),
  ])
}

export async function archiveOf(files: ReadonlyMap<string, string | Buffer>): Promise<Buffer> {
  const entries = [...files].map(([name, bytes]): TarFile => ({ name, bytes: Buffer.from(bytes) }))
  const pieces: Buffer[] = []
  for await (const piece of tarOf(entries)) pieces.push(piece)
  return Buffer.concat(pieces)
}

export function imageArtifact(bytes: Buffer, image: ImageIdentity, id = 'ward-image'): Artifact {
  return { kind: 'image', id, sha256: sha256(bytes), bytes: bytes.length, chunks: [sha256(bytes)], image }
}

export function putIntoPool(store: string, artifact: Artifact, bytes: Buffer): void {
  const file = poolFile(store, artifact)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
}
