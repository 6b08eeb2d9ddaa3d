// Terms of a licence that ask more of a hospital than a common open one: approving a plan does not accept them unseen.
// Whoever begins the run names each, and what was named stands in the audit.
import * as z from 'zod'
import { localizedText } from './entry/entry-text.ts'

const text = z.string().max(400)

export const licenceTerms = z.strictObject({
  entry: text,
  version: text,
  spdx: text,
  url: text.optional(),
  terms: localizedText,
})
export type LicenceTerms = z.infer<typeof licenceTerms>

/** Names of terms, each with the version of its entry: "medgemma-27b@1.5". */
export const acceptedTerms = z.array(z.string().max(200)).max(100)

export function termsName({ entry, version }: Pick<LicenceTerms, 'entry' | 'version'>): string {
  return `${entry}@${version}`
}

/** Each once. */
export function unacceptedTerms(licences: readonly LicenceTerms[], accepted: readonly string[]): string[] {
  return [...new Set(licences.map(termsName))].filter((name) => !accepted.includes(name))
}
