// What an appliance keeps about what Rackside did there, for going back, taking away and comparing: the versions that
// were in service, the images that were brought, how the server was when it was last set up.
import * as z from 'zod'
import { imageIdentity } from './artifact.ts'
import { containerStep } from './plan.ts'
import { readingOf } from './reading.ts'
import { sha256Hex } from './sha256.ts'

/** `keptAt`: when it was put in place (UTC, ISO 8601, the appliance's clock). */
export const keptVersion = z.strictObject({ keptAt: z.iso.datetime(), step: containerStep })
export type KeptVersion = z.infer<typeof keptVersion>

/** The server under a stack, as it was when the stack was proven. Absent where it has none, as `daemon.json`. */
export const baseline = z.strictObject({
  os: readingOf(z.string().max(200)),
  kernel: readingOf(z.string().max(200)),
  engine: readingOf(z.string().max(200)),
  /** sha256 of /etc/docker/daemon.json. */
  engineSettings: readingOf(z.string().max(64)),
  /** By vendor. */
  drivers: z.record(z.string().max(40), readingOf(z.string().max(200))),
})
export type Baseline = z.infer<typeof baseline>

/** A list of the files of weights: whether a folder of them is there, and their sha256. */
export const keptFolder = z.strictObject({ sha256: sha256Hex, there: z.boolean(), files: z.array(sha256Hex) })

export const kept = z.strictObject({
  /** Whether anything of Rackside's lies there at all, but for data of services that outlived an uninstall. */
  there: z.boolean(),
  /** Whether something saved of volumes lies there. */
  backups: z.boolean(),
  /** Newest first; at most five a deployment. */
  versions: z.array(keptVersion),
  images: z.array(imageIdentity),
  /** Folders of weights that are there, or that a version needs. */
  folders: z.array(keptFolder),
  baseline: baseline.optional(),
  /** Containers that are not Rackside's, with the id of the image they were made from. */
  strangers: z.array(
    z.strictObject({
      ...{ imageId: z.string().max(100), name: z.string().max(200), running: z.boolean() },
      /** The engine's name for what starts it; `gpus`: it was given some by the engine. */
      ...{ runtime: z.string().max(100), gpus: z.boolean() },
    }),
  ),
  /** Names of images that have several: somebody gave them one more. */
  tags: z.array(z.strictObject({ imageId: z.string().max(100), name: z.string().max(200) })),
  /** sha256 of what else is needed there: mounted into containers of anybody, or by what was made; "everything" for all. */
  held: z.array(z.string().max(64)),
  engineSettings: readingOf(z.string().max(64)),
})
export type Kept = z.infer<typeof kept>
