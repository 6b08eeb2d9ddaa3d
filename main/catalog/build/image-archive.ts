// What an image archive ("docker save", or an OCI layout with Docker's manifest.json) is: its ids, its platform, and what
// its layers weigh unpacked. Nothing is unpacked to disk, and counting ends where a layer grows beyond all reason. Docker's
// two image stores read two lists in it, and both have to be of the same image.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import * as z from 'zod'
import { type ImageIdentity, imageIdentity, ociDigest } from '../../../shared/domain/artifact.ts'
import { plainReading } from '../../files/plain-file.ts'
import { boundedJson } from '../bounded-json.ts'
import { filesInTar, type TarPlace } from './tar.ts'

const mostDocumentBytes = 8 * 1024 * 1024
const documentBounds = { mostItems: 5000, mostValues: 100_000, deepest: 20 }
/** Layers of published images shrink to a third; a thousandth is a trap. */
const mostGrowth = 1000

const manifests = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()).max(1000) })).length(1)
const index = z.object({ manifests: z.array(z.object({ digest: ociDigest })).length(1) })
const config = z.object({
  os: z.string(),
  architecture: z.string(),
  rootfs: z.object({ diff_ids: z.array(ociDigest) }),
})
const descriptor = z.object({ digest: ociDigest })
const ownManifest = z.object({ config: descriptor, layers: z.array(descriptor).max(1000) })
const innerIndex = z.object({
  manifests: z
    .array(descriptor.extend({ platform: z.object({ os: z.string(), architecture: z.string() }).optional() }))
    .max(100),
})

/** Said of an image that is larger than `mostUnpackedBytes`. */
export const unpacksToMore = 'it unpacks to more than it says'

export type ImageArchive = {
  readonly file: string
  readonly files: ReadonlyMap<string, TarPlace>
  /** What another reader may read in another way. */
  readonly oddity: string | undefined
  readonly text: (name: string) => Promise<Buffer>
}

/** Throws with what is wrong with it. */
export async function withImageArchive<T>(file: string, use: (archive: ImageArchive) => Promise<T>): Promise<T> {
  const handle = await open(file, plainReading)
  try {
    const { files, oddity } = await filesInTar(handle)
    return await use({ file, files, oddity, text: (name) => bytesOf(handle, files, name) })
  } finally {
    await handle.close()
  }
}

type Limits = { readonly mostUnpackedBytes?: number; readonly signal?: AbortSignal }

/** Throws with what is wrong with it. */
export async function describeImageArchive(archive: ImageArchive, limits: Limits = {}): Promise<ImageIdentity> {
  const { file, files, text } = archive
  const { mostUnpackedBytes = Number.POSITIVE_INFINITY, signal } = limits
  const [manifest] = manifests.parse(jsonOf(await text('manifest.json')))
  if (manifest === undefined) throw new Error('it holds no image')
  const configText = await text(manifest.Config)
  const configDigest = digestOf(configText)
  const { os, architecture, rootfs } = config.parse(jsonOf(configText))
  if (rootfs.diff_ids.length !== manifest.Layers.length) throw new Error('its layers are not those of its config')
  // Before its version 25 Docker wrote no index: only its classic store knows such an image.
  const named = files.has('index.json') ? index.parse(jsonOf(await text('index.json'))) : undefined
  const manifestDigest = named?.manifests[0]?.digest ?? configDigest
  if (named !== undefined) await sameImage(archive, manifestDigest, { configDigest, layers: manifest.Layers })
  let unpackedBytes = 0
  for (const [at, name] of manifest.Layers.entries()) {
    signal?.throwIfAborted()
    const place = files.get(name)
    if (place === undefined) throw new Error(`its layer ${name} is missing`)
    const layer = await unpacked(file, place, mostUnpackedBytes - unpackedBytes)
    if (`sha256:${layer.sha256}` !== rootfs.diff_ids[at]) throw new Error(`its layer ${name} is not that of its config`)
    unpackedBytes += layer.bytes
  }
  return imageIdentity.parse({ configDigest, manifestDigest, platform: { os, architecture }, unpackedBytes })
}

type Same = { readonly configDigest: string; readonly layers: readonly string[] }

/** What the containerd store would load is what the classic store would: one image, with this config and these layers. */
async function sameImage(archive: ImageArchive, digest: string, { configDigest, layers }: Same): Promise<void> {
  const own = await manifestAt(archive, digest)
  const same =
    own.config.digest === configDigest && own.layers.map((one) => blobName(one.digest)).join() === layers.join()
  if (!same) throw new Error('its index names another image than its manifest.json')
}

async function manifestAt(archive: ImageArchive, digest: string): Promise<z.infer<typeof ownManifest>> {
  const outer = await blobAt(archive, digest)
  const inner = innerIndex.safeParse(outer)
  if (!inner.success) return ownManifest.parse(outer)
  // BuildKit has statements about the build beside an image, and an index may name platforms that are not here.
  const images = inner.data.manifests.filter(
    (one) => one.platform?.os !== 'unknown' && archive.files.has(blobName(one.digest)),
  )
  const [only] = images
  if (only === undefined || images.length > 1) throw new Error(`its index names ${images.length} images`)
  return ownManifest.parse(await blobAt(archive, only.digest))
}

async function blobAt({ text }: ImageArchive, digest: string): Promise<unknown> {
  const bytes = await text(blobName(digest))
  if (digestOf(bytes) !== digest) throw new Error(`${blobName(digest)} has other bytes than its name says`)
  const value = jsonOf(bytes)
  if (isSpelledTwice(value)) throw new Error(`${blobName(digest)} has one field in two spellings`)
  return value
}

/** Go takes a field in any case, and the last one counts. */
function isSpelledTwice(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const keys = Array.isArray(value) ? [] : Object.keys(value).map((key) => key.toLowerCase())
  return new Set(keys).size !== keys.length || Object.values(value).some(isSpelledTwice)
}

/** The labels in its config by which Rackside knows what it runs: an image that has one passes itself off as installed. */
export async function claimsToBeOurs({ text }: ImageArchive): Promise<boolean> {
  const [manifest] = manifests.parse(jsonOf(await text('manifest.json')))
  const raw = (await text(manifest?.Config ?? '')).toString('utf8')
  // As text: of a field that is there twice Go's reader keeps the labels of both.
  const plain = raw.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return /"rackside\.[^"]*"\s*:/i.test(plain)
}

function blobName(digest: string): string {
  return digest.replace('sha256:', 'blobs/sha256/')
}

function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

export function jsonOf(bytes: Uint8Array): unknown {
  const read = boundedJson(bytes, documentBounds)
  if ('problem' in read) throw new Error(read.problem)
  return read.value
}

async function bytesOf(handle: FileHandle, files: ImageArchive['files'], name: string): Promise<Buffer> {
  const place = files.get(name)
  if (place === undefined) throw new Error(`${name} is missing: it is no image archive`)
  if (place.bytes > mostDocumentBytes) throw new Error(`${name} is too large`)
  const bytes = Buffer.alloc(place.bytes)
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, place.offset)
  if (bytesRead !== bytes.length) throw new Error(`it ends within ${name}`)
  return bytes
}

type Unpacked = { readonly sha256: string; readonly bytes: number }

async function unpacked(file: string, { offset, bytes }: TarPlace, most: number): Promise<Unpacked> {
  if (bytes === 0) return { sha256: createHash('sha256').digest('hex'), bytes }
  const source = () => createReadStream(file, { start: offset, end: offset + bytes - 1, highWaterMark: 1024 * 1024 })
  const packed = await isGzip(file, offset)
  const hash = createHash('sha256')
  let count = 0
  const stream = packed ? source().pipe(createGunzip()) : source()
  for await (const piece of stream) {
    count += (piece as Buffer).length
    if (count > bytes * mostGrowth) throw new Error('a layer grows beyond all reason')
    if (count > most) throw new Error(unpacksToMore)
    hash.update(piece as Buffer)
  }
  return { sha256: hash.digest('hex'), bytes: count }
}

async function isGzip(file: string, offset: number): Promise<boolean> {
  for await (const piece of createReadStream(file, { start: offset, end: offset + 1 })) {
    return (piece as Buffer).equals(Buffer.from([0x1f, 0x8b]))
  }
  return false
}
