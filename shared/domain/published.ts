// What of an appliance the local network reaches, and what its computers need to trust it.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { openSite, publishedAt } from './service-address.ts'

export const published = z.strictObject({
  deployment: entryId,
  at: publishedAt,
  sites: z.array(openSite).max(50),
  /** Of the authority that the appliance made for itself, in PEM; it speaks for this address only. Missing where the site gave a certificate of its own. */
  authority: z.string().max(10_000).optional(),
  /** SHA-256 of that certificate, or of the given one, "AB:CD:…": compared by whoever installs it. */
  fingerprint: z.string().max(100),
  /** UTC, ISO 8601: when the service's own certificate ends; with less than a third of its time left a set-up makes another one. */
  validUntil: z.iso.datetime(),
})
export type Published = z.infer<typeof published>
