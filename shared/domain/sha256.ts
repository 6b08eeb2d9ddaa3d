// A sha256 as it names things: 64 hexadecimal digits in small letters.
import * as z from 'zod'

export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
