// What every entry that runs as a service says of it: where it listens, how it is seen to be well, where its data are.
import * as z from 'zod'
import { absolutePath, servicePort } from '../service-address.ts'
import { serviceVolumes } from '../service-volume.ts'
import { serviceConfiguration } from './configuration.ts'
import { printable } from './entry-text.ts'
import { settings } from './settings.ts'

export const serviceParts = {
  containerPort: servicePort,
  /** GET answers 200 when the process takes requests. */
  readyPath: absolutePath,
  startTimeoutSeconds: z.int().positive().max(7200),
  /** Words run inside the container; exit 0 means alive. */
  healthCommand: z.array(printable(300)).min(1).max(20),
  volumes: serviceVolumes.default([]),
  configuration: serviceConfiguration.optional(),
  /** What a person may choose of it; what nobody chose is as it says. */
  settings: settings.optional(),
}
