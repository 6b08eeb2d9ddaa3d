// Versions that their publisher takes back: never installed again, and said where they run. A list comes with any bundle
// of the publisher, also one that brings nothing else.
import * as z from 'zod'
import { entryId, ociDigest } from './artifact.ts'
import { localizedText, versionText } from './entry/entry-text.ts'
import { versionRange } from './entry/hardware-match.ts'
import type { FormRule } from './schema-rule.ts'

/** Of one of the publisher's own entries: exact versions, a range of them, images by their digest; any of these. */
export const blockedVersion = z
  .strictObject({
    entry: entryId,
    versions: z.array(versionText).min(1).max(100).optional(),
    range: versionRange.optional(),
    images: z.array(ociDigest).min(1).max(100).optional(),
    reason: localizedText,
    since: z.iso.date('a-date' satisfies FormRule),
  })
  .refine(({ versions, range, images }) => versions !== undefined || range !== undefined || images !== undefined)
export type BlockedVersion = z.infer<typeof blockedVersion>

/** `blocked.json` at the top of an offline folder. */
export const blockedList = z.strictObject({ format: z.literal(1), blocked: z.array(blockedVersion).max(1000) })
