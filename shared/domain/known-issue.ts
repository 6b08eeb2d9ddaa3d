// A known trouble of a variant that a plan chose, as far as it may concern the appliance, and what helps.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { localizedText } from './entry/entry-text.ts'

export const planIssue = z.strictObject({
  service: entryId,
  entry: entryId,
  variant: entryId,
  text: localizedText,
  workaround: localizedText.optional(),
})
export type PlanIssue = z.infer<typeof planIssue>
