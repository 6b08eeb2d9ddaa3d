// In which of Docker's two image stores an appliance keeps its images: the classic one, or containerd's. The engine's own
// settings file on the appliance's disk says it, and is merged.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as z from 'zod'

export const imageStores = ['classic', 'containerd'] as const
export type ImageStore = (typeof imageStores)[number]

const feature = 'containerd-snapshotter'
const settingsShape = z.looseObject({ features: z.record(z.string(), z.boolean()).optional() })

/** `root` is the mounted disk of an appliance. */
export async function imageStoreOf(root: string): Promise<ImageStore> {
  const { features } = await readSettings(root)
  return features?.[feature] === true ? 'containerd' : 'classic'
}

/** The engine reads it when it starts. What is in the other store stays there, unseen. */
export async function chooseImageStore(root: string, store: ImageStore): Promise<void> {
  if ((await imageStoreOf(root)) === store) return
  const settings = await readSettings(root)
  const features = { ...settings.features, [feature]: store === 'containerd' }
  const file = settingsFile(root)
  await mkdir(dirname(file), { recursive: true, mode: 0o755 })
  await writeFile(file, `${JSON.stringify({ ...settings, features }, null, 2)}\n`)
}

async function readSettings(root: string): Promise<z.infer<typeof settingsShape>> {
  const text = await readFile(settingsFile(root), 'utf8').catch(() => '{}')
  return settingsShape.parse(JSON.parse(text))
}

function settingsFile(root: string): string {
  return join(root, 'etc/docker/daemon.json')
}
