// A part: a container of its own that an app or a gateway cannot work without, such as its database or a worker. It is in
// a network that only its app and the other parts are in, publishes nothing, and is well when the engine's check says so.
import * as z from 'zod'
import { entryId } from '../artifact.ts'
import { servicePort } from '../service-address.ts'
import { serviceFileName } from '../service-file.ts'
import { serviceVolumes } from '../service-volume.ts'
import { environmentName, fileText, printable } from './entry-text.ts'
import { type ContainerVariant, sharedMemoryBytes, variantImages } from './variant.ts'

/** Those of the entry are said by `part-variables.ts`, as which there are depends on all of it. */
const words = z.array(printable(1000)).max(100)

export const part = z.strictObject({
  /** Its container and its name in the network are "SERVICE-NAME". */
  name: entryId.max(30),
  images: variantImages,
  arguments: words.default([]),
  environment: z.record(environmentName, printable(1000)).default({}),
  /** In /run/rackside of its container, with variables in double braces. */
  files: z
    .array(z.strictObject({ name: serviceFileName, text: fileText }))
    .max(10)
    .default([]),
  /** Where the others ask it; missing: nobody does. */
  containerPort: servicePort.optional(),
  /** As whom its first process runs, "999:999": many images of databases begin as root and then need what no container here gets. */
  user: z
    .string()
    .regex(/^[1-9][0-9]{0,6}:[1-9][0-9]{0,6}$/)
    .optional(),
  /** It asks the model of its app itself: it is in the network of the solution too. */
  asksModel: z.literal(true).optional(),
  /** Words run inside the container; exit 0 means well. */
  healthCommand: z.array(printable(300)).min(1).max(20),
  startTimeoutSeconds: z.int().positive().max(7200),
  volumes: serviceVolumes.default([]),
  /** Memory that it needs. */
  overheadBytes: z.int().nonnegative(),
  sharedMemoryBytes: sharedMemoryBytes.optional(),
})
export type Part = z.infer<typeof part>

export const parts = z.array(part).min(1).max(20)

type WithParts = { readonly parts?: readonly Part[] | undefined }

export function partsOf(entry: object): readonly Part[] {
  return (entry as WithParts).parts ?? []
}

/** Of the deployment that it is, and its name in the network. */
export function partDeployment(service: string, { name }: Pick<Part, 'name'>): string {
  return `${service}-${name}`
}

/** What a part is chosen by: its architecture. */
export type Pictured = Pick<ContainerVariant, 'images'>
