// A certificate of a service that people reach by TLS, as it lies on an appliance.
import * as z from 'zod'
import { readingOf } from './reading.ts'
import { reloadSignal } from './service-file.ts'
import { sha256Hex } from './sha256.ts'

export const storedCertificate = z.strictObject({
  /** Its folder: one for each deployment, address and name. */
  path: z.string().max(500),
  /** Of the file as it is. */
  sha256: sha256Hex,
  /** Made by the appliance's own authority, or given by the site. */
  by: z.enum(['appliance', 'site']),
  /** What tells its service to read it anew; missing where that has to start anew for it. */
  reload: reloadSignal.optional(),
  /** UTC: when it ends. */
  until: z.iso.datetime(),
  /** UTC: when the authority ends that the appliance made; unreadable where that is spoiled. */
  authorityUntil: readingOf(z.iso.datetime()),
})
export type StoredCertificate = z.infer<typeof storedCertificate>

/** People are told so many days in advance, and in earnest when the time left is short. */
export const certificateEndsDays = 30
export const certificateEndsNowDays = 7

type Ending = Pick<StoredCertificate, 'until' | 'by' | 'authorityUntil'>

/** Negative once it, or the authority that the appliance made for it, has ended: either way nobody is let in. `now`: UTC. */
export function certificateDaysLeft({ until, by, authorityUntil }: Ending, now: string): number {
  const ends = by === 'appliance' && authorityUntil.state === 'known' ? [until, authorityUntil.value] : [until]
  return (Math.min(...ends.map((end) => Date.parse(end))) - Date.parse(now)) / (24 * 3_600_000)
}
