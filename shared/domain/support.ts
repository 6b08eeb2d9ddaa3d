// The support bundle: one archive of text files that somebody can read before it is handed to anybody. What is in it is
// listed file by file; what was taken out of them is counted.
import * as z from 'zod'

/** Files of one bundle, and characters of one file: more is cut, and the file says so. */
export const mostSupportFiles = 1500
export const mostSupportCharacters = 300_000
/** Lines of one log, and of the audit. */
export const supportLogLines = 300
export const supportAuditLines = 500
/** Appliances of one bundle. */
export const mostSupported = 20

export const supportId = z.string().regex(/^support-[0-9a-f]{8}$/)
/** Inside the archive; no name leads anywhere else. */
export const supportFileName = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][\w.-]{0,60}(?:\/[A-Za-z0-9][\w.-]{0,80}){0,2}$/)

export const supportSummary = z.strictObject({
  supportId,
  /** Of the archive. */
  name: z.string().regex(/^rackside-support-\d{4}-\d\d-\d\d\.tar\.gz$/),
  files: z.array(z.strictObject({ name: supportFileName, bytes: z.int().nonnegative() })).max(mostSupportFiles),
  bytes: z.int().nonnegative(),
  /** Lines of logs that may tell what somebody asked, and lines of the rest that held a secret. */
  dropped: z.strictObject({ logLines: z.int().nonnegative(), secrets: z.int().nonnegative() }),
  /** False: the vault was locked, so what is in it could not be looked for. */
  vaultSearched: z.boolean(),
  keepsNames: z.boolean(),
  /** Those that could not be asked. */
  unreached: z.array(z.string().max(100)),
})
export type SupportSummary = z.infer<typeof supportSummary>

/** Of a saved archive. `at`: UTC, ISO 8601. */
export function supportName(at: string): string {
  return `rackside-support-${at.slice(0, 10)}.tar.gz`
}
