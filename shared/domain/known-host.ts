// One line of an imported known_hosts file, kept as it was written: whom it is about may be a list, a pattern
// or a hash, and is found out when an address is dialled.
import * as z from 'zod'

export const knownHost = z.strictObject({
  /** "ward-1,10.0.0.7", "[ward-1]:2222", "*.ward.example,!old.ward.example" or "|1|salt|hash". */
  hosts: z.string().min(1).max(4096),
  keyType: z.string().min(1).max(64),
  keyBase64: z.base64().min(1).max(8192),
  /** This key is never accepted there, whatever else is known. */
  revoked: z.literal(true).optional(),
})
export type KnownHost = z.infer<typeof knownHost>
