// What runs once to its end beside a service: a job that prepares it, and a vendor's probe that says by its exit status
// whether it really works. Neither listens anywhere, and neither keeps data of its own: what is to last goes into the
// service that it is for, or into a volume of it.
import * as z from 'zod'
import type { SchemaRule } from '../schema-rule.ts'
import { absolutePath } from '../service-address.ts'
import { secretName } from '../service-file.ts'
import { serviceVolumeName, volumeTarget } from '../service-volume.ts'
import { aboutEntry, aboutUse } from './about.ts'
import { secretPrefix } from './configuration.ts'
import { interfaceName, taskEnvironment, taskWords } from './entry-text.ts'
import { hardwareMatch } from './hardware-match.ts'
import { containerVariant } from './variant.ts'

/** The engine makes no container with less (6 MiB). */
const leastMemoryBytes = 6 * 1024 ** 2
/** A console waits an hour at most for what an appliance does by itself. */
const mostSeconds = 3000

const taskVariant = containerVariant.omit({ sharedMemoryBytes: true, privileges: true }).extend({
  /** Of the system alone: tasks get no accelerators. */
  match: hardwareMatch.omit({ accelerator: true }).default({}),
  /** Of the container, in the place of what its image starts: for an image that is the service's own. */
  program: absolutePath.optional(),
  arguments: taskWords,
  environment: taskEnvironment.default({}),
  /** Memory that it needs, and gets: the engine ends what takes more. */
  overheadBytes: z.int().min(leastMemoryBytes),
})
export type TaskVariant = z.infer<typeof taskVariant>

const taskParts = {
  ...aboutEntry,
  ...z.strictObject(aboutUse).partial().shape,
  /** Of the model that it asks itself, where it does. */
  requires: z.array(interfaceName).default([]),
  /** Of the service that it is for, by their names there: an administrator's password, say. */
  serviceSecrets: z.array(secretName).max(20).default([]),
  /** The appliance ends it after that long. */
  timeoutSeconds: z.int().min(1).max(mostSeconds),
  variants: z.array(taskVariant).min(1).max(50),
}

export const jobEntry = z
  .strictObject({
    kind: z.literal('job'),
    ...taskParts,
    /** Volumes of the service, by their names there, to write to. */
    serviceVolumes: z
      .array(z.strictObject({ name: serviceVolumeName, target: volumeTarget }))
      .max(10)
      .default([]),
  })
  .superRefine(declaredServiceSecrets)
export type JobEntry = z.infer<typeof jobEntry>

export const probeEntry = z.strictObject({ kind: z.literal('probe'), ...taskParts }).superRefine(declaredServiceSecrets)
export type ProbeEntry = z.infer<typeof probeEntry>

export type TaskEntry = JobEntry | ProbeEntry

type Declared = { readonly serviceSecrets: readonly string[]; readonly variants: readonly TaskVariant[] }

function declaredServiceSecrets({ serviceSecrets, variants }: Declared, context: z.RefinementCtx): void {
  const known = serviceSecrets.map((name) => `${secretPrefix}${name}`)
  for (const [at, { environment }] of variants.entries()) {
    for (const [name, word] of Object.entries(environment)) {
      const used = [...word.matchAll(/\{(secret\.[^{}]*)\}/g)].map((match) => match[1] ?? '')
      if (used.every((one) => known.includes(one))) continue
      const rule: SchemaRule = { rule: 'unknown-variable', known }
      context.addIssue({
        code: 'custom',
        path: ['variants', at, 'environment', name],
        message: rule.rule,
        params: rule,
      })
    }
  }
}
