// Where a service keeps its data: folders in its container that are volumes of the engine and outlive it. The image
// brings the folder with the owner and mode that its user needs; the engine gives a fresh volume the same.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { isWithin } from './folder-path.ts'
import { type FormRule, type SchemaRule, says } from './schema-rule.ts'

/** Whole and plain: no empty part, no "." and no "..", and nothing that ends a word of a mount. */
const folder = z
  .string()
  .max(200)
  .regex(/^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)+$/, 'a-folder' satisfies FormRule)

/** Memory, the kernel's own, and where a model's weights are mounted. */
const taken = ['/tmp', '/proc', '/sys', '/dev', '/models']

export const serviceVolumeName = entryId.max(32)
export const volumeTarget = folder.refine(
  (path) => !taken.some((one) => isWithin(path, one)),
  says({ rule: 'folder-taken', folders: taken }),
)

const serviceVolume = z.strictObject({
  name: serviceVolumeName,
  target: volumeTarget,
  /** Its content is saved before a new version takes the service over, and put back when that fails. */
  backUp: z.boolean(),
})
export type ServiceVolume = z.infer<typeof serviceVolume>

export const serviceVolumes = z.array(serviceVolume).max(10).superRefine(checkVolumes)

function checkVolumes(volumes: readonly ServiceVolume[], context: z.RefinementCtx): void {
  const complain = (at: number, field: string, rule: SchemaRule): void =>
    context.addIssue({ code: 'custom', path: [at, field], message: rule.rule, params: rule })
  for (const [at, { name, target }] of volumes.entries()) {
    const before = volumes.slice(0, at)
    if (before.some((one) => one.name === name)) complain(at, 'name', { rule: 'volume-name-twice', name })
    const holder = before.find((one) => isWithin(target, one.target) || isWithin(one.target, target))
    if (holder !== undefined)
      complain(at, 'target', { rule: 'volume-inside-volume', name: holder.name, target: holder.target })
  }
}

/** As the engine knows it. No id has a "_", so no two volumes of two services get one name. */
export function volumeName(deployment: string, volume: string): string {
  return `rackside-${deployment}_${volume}`
}

/** Every name that `volumeName` makes, and those of volumes that steps make for others. */
export const engineVolumeName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,149}$/)
