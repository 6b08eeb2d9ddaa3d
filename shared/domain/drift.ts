// One difference between what was installed and what is. Of the stack itself it can be put back; of the server under
// it, it can be accepted.
import * as z from 'zod'

const text = z.string().max(300)

export const drift = z.strictObject({
  /** The deployment, where it is about one. */
  deployment: text.optional(),
  what: z.enum([
    'container-missing',
    'container-stopped',
    'image',
    'spec',
    'restart-policy',
    'memory-limit',
    'cpu-limit',
    'cpu-set',
    'command',
    'shared-memory',
    'artifact-missing',
    'weights-differ',
    'probe-failed',
    'settings-missing',
    'used-model',
    'os',
    'kernel',
    'engine',
    'engine-settings',
    'driver',
  ]),
  /** Of a driver its vendor, of a probe its name, of a model that an app uses the deployment of it. */
  of: text.optional(),
  was: text,
  now: text,
})
export type Drift = z.infer<typeof drift>
export type DriftKind = Drift['what']
