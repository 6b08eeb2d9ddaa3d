// What is different from now where a plan replaces what is installed: who may do what comes first, then the rest.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { localizedText } from './entry/entry-text.ts'

/** In the order in which they are read. */
export const differenceKinds = [
  ...(['publisher', 'privileges', 'openings', 'patient-data', 'stored', 'egress', 'licence'] as const),
  ...([
    'version',
    'model',
    'image',
    'port',
    'settings',
    'offered-settings',
    'environment',
    'arguments',
    'files',
  ] as const),
  ...(['health-check', 'start-time', 'volumes'] as const),
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

const value = z.union([z.string().max(1000), localizedText])
export type DifferenceValue = z.infer<typeof value>

/** `before`: missing where the installed version does not say it; empty where it has none. */
export const difference = z.strictObject({
  what: z.enum(differenceKinds),
  before: z.array(value).max(100).optional(),
  after: z.array(value).max(100),
})
export type Difference = z.infer<typeof difference>

/** In the place of a value that may be a secret. */
export const hiddenValue = '***'

export const replacement = z.strictObject({ service: entryId, differences: z.array(difference).max(20) })
export type Replacement = z.infer<typeof replacement>
