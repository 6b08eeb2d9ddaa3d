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
  /** As BuildKit makes them: the image's manifest in an index of its own, beside a statement about how it was built. */
  attested?: boolean
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
      ...documents.blobs.map((content) => text(blob(sha256Of(content)), content)),
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
      manifestDigest: documents.named.digest,
      platform,
      unpackedBytes: layer.bytes,
    },
  }
}

interface Descriptor {
  mediaType: string
  digest: string
  size: number
}

interface ImageDocuments {
  config: string
  /** What the archive's index names. */
  named: Descriptor
  /** All of them but the archive's own two, which lie outside its blobs. */
  blobs: readonly string[]
  index: string
  dockerManifest: string
}

function describe(what: string, content: string): Descriptor {
  return { mediaType: mediaType(what), digest: `sha256:${sha256Of(content)}`, size: Buffer.byteLength(content) }
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
    config: describe('config.v1+json', config),
    layers: [{ mediaType: mediaType('layer.v1.tar'), digest: `sha256:${layer.sha256}`, size: layer.bytes }],
  })
  const plain = { ...describe('manifest.v1+json', manifest), platform }
  const attestation = description.attested === true ? attestationOf(plain) : []
  const innerIndex = attestation.at(-1)
  const named = innerIndex === undefined ? plain : describe('index.v1+json', innerIndex)
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaType('index.v1+json'),
    manifests: [
      {
        ...named,
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
  return { config, named, blobs: [config, manifest, ...attestation], index, dockerManifest }
}

/** A statement, its config and manifest, and last the index that names both manifests. */
function attestationOf(image: Descriptor): string[] {
  const nowhere = { os: 'unknown', architecture: 'unknown' }
  const statement = JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', subject: [] })
  const layer = { ...describe('', statement), mediaType: 'application/vnd.in-toto+json' }
  const config = JSON.stringify({ ...nowhere, config: {}, rootfs: { type: 'layers', diff_ids: [layer.digest] } })
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaType('manifest.v1+json'),
    config: describe('config.v1+json', config),
    layers: [layer],
  })
  const annotations = {
    'vnd.docker.reference.digest': image.digest,
    'vnd.docker.reference.type': 'attestation-manifest',
  }
  const statementOf = { ...describe('manifest.v1+json', manifest), platform: nowhere, annotations }
  const manifests = [image, statementOf]
  return [
    statement,
    config,
    manifest,
    JSON.stringify({ schemaVersion: 2, mediaType: mediaType('index.v1+json'), manifests }),
  ]
}
