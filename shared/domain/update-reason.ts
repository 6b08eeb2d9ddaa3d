// Why a signed update of Rackside is not taken.
import * as z from 'zod'

export const updateReason = z.enum([
  ...([
    'missing',
    'unreadable',
    'not-fetched',
    'not-an-update',
    'newer-format',
    'signature-wrong',
    'no-release-key',
  ] as const),
  ...(['expired', 'not-newer', 'other-platform'] as const),
  ...(['package-missing', 'package-shorter', 'package-longer', 'package-differs'] as const),
])
export type UpdateReason = z.infer<typeof updateReason>
