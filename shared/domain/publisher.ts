// Publishers of bundles: who vouches for what, and what this console remembers of each, so that nobody can give it
// something older, or something of somebody else, in the publisher's name.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { blockedVersion } from './blocked-version.ts'

/** Of the keys that speak for a publisher, and how many of them have to: one text that people can compare. */
export const publisherFingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/)

/** The only form of a date in signed metadata: one that cannot be read would be valid for ever. */
export const metadataDate = z
  .string()
  .regex(/^2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  .refine((text) => new Date(text).toJSON()?.replace('.000Z', 'Z') === text)

/** What was verified of a bundle; `expires`: the earliest date of its metadata. */
export const vouching = z.discriminatedUnion('signed', [
  z.strictObject({
    signed: z.literal(true),
    publisher: z.strictObject({ id: entryId, name: z.string() }),
    fingerprint: publisherFingerprint,
    /** Counts up with every bundle that the publisher signs of this line. */
    version: z.int().positive(),
    expires: metadataDate,
    expired: z.boolean(),
    /** Of this computer, where it is behind a time that it has shown before: that one counts. */
    clockBehind: z.iso.datetime().optional(),
  }),
  /** Only where the developer switch allows it: nobody vouches for it. */
  z.strictObject({ signed: z.literal(false) }),
])
export type Vouching = z.infer<typeof vouching>

/** One document of signed metadata, as its bytes came. */
const document = z.string().max(512 * 1024)

/** A line is what one publisher releases under one name: its versions only go up. */
const line = z.strictObject({ name: entryId, timestamp: document, snapshot: document })

/** Of one publisher, by all its lists. */
export const mostBlocked = 5000

export const pinnedPublisher = z.strictObject({
  id: entryId,
  name: z.string().min(1).max(200),
  fingerprint: publisherFingerprint,
  /** Of keys that it has changed since, the newest last: what was installed under them is its own. */
  formerly: z.array(publisherFingerprint).max(100).optional(),
  rootVersion: z.int().positive(),
  root: document,
  pinnedAt: z.iso.datetime(),
  pinnedBy: z.string().max(200),
  lines: z.array(line).max(1000),
  /** What it has taken back, by every list that was seen: an older one brings nothing back. */
  blocked: z.array(blockedVersion).max(mostBlocked).optional(),
})
export type PinnedPublisher = z.infer<typeof pinnedPublisher>

export const trustState = z.strictObject({
  /** The latest time that this computer has shown. It never goes back. */
  lastSeen: z.iso.datetime().optional(),
  publishers: z.array(pinnedPublisher).max(1000),
  /** Trusted once and no more: what was seen of them counts again where they are trusted again. */
  removed: z.array(pinnedPublisher).max(100).optional(),
})
export type TrustState = z.infer<typeof trustState>

export const untrustedProblems = [
  'unsigned',
  'unreadable',
  'too-large',
  'signature-invalid',
  'key-revoked',
  'duplicate-key',
  'root-gap',
  'root-not-signed-twice',
  'rolled-back',
  'mixed',
  'wrong-product',
  'swapped-file',
  'missing-file',
  'not-signed-file',
  'expiry-unreadable',
  'expired',
  'clock-behind',
] as const
export type UntrustedProblem = (typeof untrustedProblems)[number]
