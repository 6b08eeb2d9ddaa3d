// Why a console is not served over a local network: what would let others read along, or let in whoever asks.
import * as z from 'zod'

export const servingProblem = z.enum([
  'needs-tls',
  'needs-operators',
  'certificate-unreadable',
  'key-unusable',
  'key-of-another-certificate',
  'certificate-expired',
  'name-not-in-certificate',
  'address-not-here',
])
export type ServingProblem = z.infer<typeof servingProblem>
