// Image archives that give no image a name. An engine that loads "postgres:15" takes that name from the image that the
// site calls so; what is installed is run by its id, and needs none. Whoever makes a bundle writes archives without names,
// and whoever takes one refuses any other, also where only one of the engine's readers would see a name.
import { open } from 'node:fs/promises'
import * as z from 'zod'
import { type ImageArchive, jsonOf } from './image-archive.ts'
import { type TarFile, tarOf } from './tar.ts'

/** `LayerSources`: of Docker's own archives; nothing is named by it. */
const plainManifest = z
  .array(
    z.strictObject({
      Config: z.string(),
      Layers: z.array(z.string()),
      RepoTags: z.array(z.never()).max(0).nullish(),
      LayerSources: z.unknown().optional(),
    }),
  )
  .length(1)

const naming = ['io.containerd.image.name', 'org.opencontainers.image.ref.name']
const entry = z.strictObject({
  mediaType: z.string(),
  digest: z.string(),
  size: z.int(),
  platform: z.unknown().optional(),
  annotations: z.record(z.string(), z.string()).optional(),
})
const plainIndex = z.strictObject({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  manifests: z.array(entry).length(1),
})

/** Why it is not plain; undefined where it is. */
export async function namesIn({ files, oddity, text }: ImageArchive): Promise<string | undefined> {
  if (oddity !== undefined) return oddity
  if (files.has('repositories')) return 'it has a list of names'
  const manifest = await text('manifest.json')
  if (!plainManifest.safeParse(jsonOf(manifest)).success) return 'its manifest.json has a name, or an unknown field'
  if (!isCompact(manifest)) return 'its manifest.json is not written as Docker writes it'
  if (!files.has('index.json')) return undefined
  const index = await text('index.json')
  const read = plainIndex.safeParse(jsonOf(index))
  if (!read.success) return 'its index.json has an unknown field'
  const annotations = Object.keys(read.data.manifests[0]?.annotations ?? {})
  if (annotations.some((key) => naming.includes(key))) return 'its index.json has a name'
  return isCompact(index) ? undefined : 'its index.json is not written as Docker writes it'
}

/** Of fields that are there twice one reader keeps the first as well. */
function isCompact(bytes: Buffer): boolean {
  return JSON.stringify(jsonOf(bytes)) === bytes.toString('utf8').trim()
}

const anyManifest = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()) })).length(1)
const anyIndex = z.object({
  manifests: z.array(z.object({ mediaType: z.string(), digest: z.string(), size: z.int() })).length(1),
})

/** The same image, by the same ids. Throws with what is wrong with the archive. */
export async function writePlain({ file, files, text }: ImageArchive, out: string): Promise<void> {
  const [manifest] = anyManifest.parse(jsonOf(await text('manifest.json')))
  const made = new Map<string, TarFile>()
  const put = (name: string, value: unknown) => made.set(name, { name, bytes: Buffer.from(JSON.stringify(value)) })
  for (const [name, part] of files) {
    if (name === 'repositories') continue
    made.set(name, { name, file, part })
  }
  put('manifest.json', [{ Config: manifest?.Config, RepoTags: [], Layers: manifest?.Layers }])
  if (files.has('index.json')) {
    const { manifests } = anyIndex.parse(jsonOf(await text('index.json')))
    put('index.json', { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests })
  }
  const handle = await open(out, 'w', 0o600)
  try {
    for await (const piece of tarOf([...made.values()])) await handle.writeFile(piece)
  } finally {
    await handle.close()
  }
}
