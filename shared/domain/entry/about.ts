// What every entry says about itself to the people who decide: what it is, who answers for it, under which terms, and
// what it does with the data of patients.
import * as z from 'zod'
import { entryId } from '../artifact.ts'
import type { FormRule } from '../schema-rule.ts'
import { localizedText, printable, versionText } from './entry-text.ts'

/** Addresses for people: shown, never opened by the console itself. */
const address = printable(300).regex(/^(?:https:\/\/|mailto:|tel:)\S+$/, 'an-address' satisfies FormRule)

const licence = z.strictObject({
  /** An SPDX id, or "LicenseRef-..." for terms of its own. */
  spdx: printable(64).min(1),
  /** Where the whole text is. */
  url: address.optional(),
  /** What its terms ask of a hospital beyond a common open licence. */
  terms: localizedText.optional(),
})

/** Whose data it sees, and where they go. Names that are not listed are not reached. */
export const dataHandling = z.strictObject({
  patientData: z.enum(['none', 'passes-through', 'stored']),
  stored: localizedText.optional(),
  egress: z.array(printable(253).min(1)).max(50).default([]),
})

export const aboutEntry = {
  id: entryId,
  version: versionText,
  title: localizedText,
  summary: localizedText,
  publisher: z.strictObject({ name: printable(200).min(1), support: address.optional() }).optional(),
  licence,
}

/** Of what people work with: said wherever it is installed or opened. */
export const aboutUse = {
  intendedUse: localizedText,
  notForDiagnosis: z.boolean(),
  dataHandling: dataHandling.optional(),
}
