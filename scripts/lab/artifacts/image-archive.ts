// A container image archive written without a container engine: an OCI image layout with Docker's
// manifest.json beside it, so that `docker load` takes it with either of Docker's image stores.
import type { ImageIdentity } from '../../../shared/domain/artifact.ts'
import { type FileDigests, sha256Of, writeWithDigests } from './digests.ts'
import { type TarEntry, writeTar } from './tar-writer.ts'

export interface ImageDescription {
  /** For example `rackside.lab/llama-server:0.7.0`. */
  reference: string
  /** The image's files: one layer. */
  files: readonly TarEntry[]
  /** Fields of the OCI image config, in Docker's spelling. */
  config: Readonly<Record<string, unknown>>
}

export interface ImageArchive extends FileDigests {
  image: ImageIdentity
}

const platform = { os: 'linux', architecture: 'amd64' } as const
const mediaType = (what: string): string => `application/vnd.oci.image.${what}`

/** The layer is written to a scratch file first: its digest is needed before the archive begins. */
export async function writeImageArchive(file: string, description: ImageDescription): Promise<ImageArchive> {
  const layerFile = `${file}.layer`
  const layer = await writeWithDigests(layerFile, writeTar(description.files))
  const documents = imageDocuments(description, layer)
  const blob = (digest: string): string => `blobs/sha256/${digest}`
  const text = (path: string, content: string): TarEntry => ({
    path,
    mode: 0o644,
    content: { kind: 'bytes', bytes: Buffer.from(content) },
  })
  const folder = (path: string): TarEntry => ({ path, mode: 0o755, content: { kind: 'folder' } })
  const archive = await writeWithDigests(
    file,
    writeTar([
      folder('blobs'),
      folder('blobs/sha256'),
      text('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
      text('index.json', documents.index),
      text('manifest.json', documents.dockerManifest),
      text(blob(sha256Of(documents.config)), documents.config),
      text(blob(sha256Of(documents.manifest)), documents.manifest),
      {
        path: blob(layer.sha256),
        mode: 0o644,
        content: { kind: 'file', source: layerFile, byteCount: layer.bytes },
      },
    ]),
  )
  return {
    ...archive,
    image: {
      configDigest: `sha256:${sha256Of(documents.config)}`,
      manifestDigest: `sha256:${sha256Of(documents.manifest)}`,
      platform,
      unpackedBytes: layer.bytes,
    },
  }
}

interface ImageDocuments {
  config: string
  manifest: string
  index: string
  dockerManifest: string
}

function imageDocuments(description: ImageDescription, layer: FileDigests): ImageDocuments {
  const epoch = '1970-01-01T00:00:00Z'
  const config = JSON.stringify({
    created: epoch,
    ...platform,
    config: description.config,
    rootfs: { type: 'layers', diff_ids: [`sha256:${layer.sha256}`] },
    history: [{ created: epoch, created_by: 'rackside lab' }],
  })
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaType('manifest.v1+json'),
    config: {
      mediaType: mediaType('config.v1+json'),
      digest: `sha256:${sha256Of(config)}`,
      size: Buffer.byteLength(config),
    },
    layers: [{ mediaType: mediaType('layer.v1.tar'), digest: `sha256:${layer.sha256}`, size: layer.bytes }],
  })
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaType('index.v1+json'),
    manifests: [
      {
        mediaType: mediaType('manifest.v1+json'),
        digest: `sha256:${sha256Of(manifest)}`,
        size: Buffer.byteLength(manifest),
        platform,
        annotations: {
          'io.containerd.image.name': description.reference,
          'org.opencontainers.image.ref.name': description.reference.split(':').at(-1),
        },
      },
    ],
  })
  const dockerManifest = JSON.stringify([
    {
      Config: `blobs/sha256/${sha256Of(config)}`,
      RepoTags: [description.reference],
      Layers: [`blobs/sha256/${layer.sha256}`],
    },
  ])
  return { config, manifest, index, dockerManifest }
}
