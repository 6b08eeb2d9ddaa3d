// Why a console is not served over a local network: what would let others read along, or let in whoever asks.
import * as z from 'zod'

export const servingProblem = z.enum([
  'needs-tls',
  'needs-operators',
  'certificate-unreadable',
  'key-unusable',
  'key-of-another-certificate',
  'certificate-not-served',
  'name-not-in-certificate',
])
export type ServingProblem = z.infer<typeof servingProblem>

/** What passes by itself: an address that comes, a clock that is set. */
export const servingObstacle = z.enum(['certificate-expired', 'address-not-here'])
export type ServingObstacle = z.infer<typeof servingObstacle>
