// What an image archive ("docker save", or an OCI layout with Docker's manifest.json) is: its ids, its platform, and what
// its layers weigh unpacked. Nothing is unpacked to disk, and counting ends where a layer grows beyond all reason.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import * as z from 'zod'
import { type ImageIdentity, imageIdentity, ociDigest } from '../../../shared/domain/artifact.ts'
import { plainReading } from '../../files/plain-file.ts'
import { filesInTar, type TarPlace } from './tar.ts'

const mostDocumentBytes = 8 * 1024 * 1024
/** Layers of published images shrink to a third; a thousandth is a trap. */
const mostGrowth = 1000

const manifests = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()).max(1000) })).length(1)
const index = z.object({ manifests: z.array(z.object({ digest: ociDigest })).length(1) })
const config = z.object({
  os: z.string(),
  architecture: z.string(),
  rootfs: z.object({ diff_ids: z.array(ociDigest) }),
})

/** Throws with what is wrong with it. */
export async function describeImageArchive(file: string): Promise<ImageIdentity> {
  const handle = await open(file, plainReading)
  try {
    const files = await filesInTar(handle)
    const [manifest] = manifests.parse(await jsonIn(handle, files, 'manifest.json'))
    if (manifest === undefined) throw new Error('it holds no image')
    const text = await bytesOf(handle, files, manifest.Config)
    const configDigest = `sha256:${createHash('sha256').update(text).digest('hex')}`
    const { os, architecture, rootfs } = config.parse(JSON.parse(text.toString('utf8')))
    if (rootfs.diff_ids.length !== manifest.Layers.length) throw new Error('its layers are not those of its config')
    let unpackedBytes = 0
    for (const [at, name] of manifest.Layers.entries()) {
      const place = files.get(name)
      if (place === undefined) throw new Error(`its layer ${name} is missing`)
      const layer = await unpacked(file, place)
      if (`sha256:${layer.sha256}` !== rootfs.diff_ids[at])
        throw new Error(`its layer ${name} is not that of its config`)
      unpackedBytes += layer.bytes
    }
    // Before its version 25 Docker wrote no index: only its classic store knows such an image.
    const named = files.has('index.json') ? index.parse(await jsonIn(handle, files, 'index.json')) : undefined
    const manifestDigest = named?.manifests[0]?.digest ?? configDigest
    return imageIdentity.parse({ configDigest, manifestDigest, platform: { os, architecture }, unpackedBytes })
  } finally {
    await handle.close()
  }
}

type Files = ReadonlyMap<string, TarPlace>

async function jsonIn(handle: FileHandle, files: Files, name: string): Promise<unknown> {
  return JSON.parse((await bytesOf(handle, files, name)).toString('utf8'))
}

async function bytesOf(handle: FileHandle, files: Files, name: string): Promise<Buffer> {
  const place = files.get(name)
  if (place === undefined) throw new Error(`${name} is missing: it is no image archive`)
  if (place.bytes > mostDocumentBytes) throw new Error(`${name} is too large`)
  const bytes = Buffer.alloc(place.bytes)
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, place.offset)
  if (bytesRead !== bytes.length) throw new Error(`it ends within ${name}`)
  return bytes
}

async function unpacked(file: string, { offset, bytes }: TarPlace): Promise<{ sha256: string; bytes: number }> {
  if (bytes === 0) return { sha256: createHash('sha256').digest('hex'), bytes }
  const source = () => createReadStream(file, { start: offset, end: offset + bytes - 1, highWaterMark: 1024 * 1024 })
  const packed = await isGzip(file, offset)
  const hash = createHash('sha256')
  let count = 0
  const stream = packed ? source().pipe(createGunzip()) : source()
  for await (const piece of stream) {
    count += (piece as Buffer).length
    if (count > bytes * mostGrowth) throw new Error('a layer grows beyond all reason')
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
