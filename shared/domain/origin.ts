// Whose a deployment is, and what else it was made of. It lies beside what a spec digest covers, so that nothing is
// replaced because of it: in labels of the container, in its record and in its kept version.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { demoPublisher } from './demo.ts'
import { dataHandling } from './entry/about.ts'
import { measuredEvidence } from './entry/measured.ts'
import { publisherFingerprint } from './publisher.ts'
import { sha256Hex } from './sha256.ts'

/**
 * Who vouched for it. An id alone is one publisher only on one console: another may have trusted somebody else under it,
 * so the fingerprint of the keys stands beside it.
 */
export const publisherMark = z.strictObject({
  id: entryId,
  name: z.string().min(1).max(200),
  fingerprint: publisherFingerprint,
})
export type PublisherMark = z.infer<typeof publisherMark>

/** A publisher as this console knows it: `formerly` are the fingerprints of keys that it has changed since. */
export type KnownPublisher = PublisherMark & { readonly formerly?: readonly string[] | undefined }

/** The demo's own publisher is made anew by each console, and signs for simulated appliances only. */
export function isSamePublisher(mark: PublisherMark, known: KnownPublisher): boolean {
  if (mark.id !== known.id) return false
  return mark.id === demoPublisher || [known.fingerprint, ...(known.formerly ?? [])].includes(mark.fingerprint)
}

const versionedEntry = z.strictObject({ entry: z.string().max(64), version: z.string().max(64) })

/** Terms that somebody accepted; `terms`: of all that was shown of them, in both languages; `at`: UTC, the console's clock. */
export const acceptedLicence = z.strictObject({
  ...versionedEntry.shape,
  spdx: z.string().max(64),
  terms: sha256Hex,
  by: z.string().max(200),
  at: z.iso.datetime(),
})
export type AcceptedLicence = z.infer<typeof acceptedLicence>

export const origin = z.strictObject({
  /** Missing where nobody vouched. */
  publisher: publisherMark.optional(),
  solution: versionedEntry,
  /** Of a runtime: what it serves, and in which form. */
  model: versionedEntry.extend({ form: entryId.optional() }).optional(),
  /** What such hardware gives with it, where its entry says so. */
  measured: measuredEvidence.optional(),
  /** Of all that it is made of. */
  licences: z.array(z.strictObject({ entry: z.string().max(64), spdx: z.string().max(64) })).max(20),
  /** Missing where its entry does not say it. */
  data: dataHandling.optional(),
  /** Names of the settings that it can be given; missing where it takes none, and in what was kept before it was said. */
  offers: z.array(z.string().max(64)).max(100).optional(),
  /** Missing where nothing had to be accepted. */
  accepted: z.array(acceptedLicence).max(20).optional(),
})
export type Origin = z.infer<typeof origin>

/** What its record says of it: short, because a record is read only to its first 8 KB. */
export const recordedOrigin = origin.pick({ solution: true, model: true, accepted: true })

/** Whose name, data and secrets those of a deployment are, and of which network: they may outlive its container. */
export const owner = z.strictObject({
  deployment: entryId,
  network: z.string().max(200),
  publisher: publisherMark.optional(),
})
export type Owner = z.infer<typeof owner>
