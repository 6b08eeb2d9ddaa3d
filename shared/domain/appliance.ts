// An appliance is a managed server: where it answers, who logs in, and which host key is pinned.
import * as z from 'zod'

const hostName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9_:]([A-Za-z0-9_.:%-]*[A-Za-z0-9_:])?$/, 'not a host name or address')

export const address = z.strictObject({
  host: hostName,
  port: z.int().min(1).max(65_535),
  user: z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/, 'not a login name'),
})
export type Address = z.infer<typeof address>

/** A pinned host key: the whole public key, so that a comparison never rests on a digest alone. */
export const hostKeyPin = z.strictObject({
  host: hostName,
  port: z.int().min(1).max(65_535),
  keyType: z.string().min(1).max(64),
  keyBase64: z.base64().min(1).max(8192),
  /** The appliance's own id, once read: tells a reinstalled machine from another one. */
  machineId: z.string().max(64).optional(),
  /** UTC, ISO 8601. */
  since: z.string().max(40).optional(),
  /** A person compared it, a list of known hosts had it, or the server announced it and proved that it has it. */
  source: z.enum(['compared', 'imported', 'rotated']).optional(),
})
export type HostKeyPin = z.infer<typeof hostKeyPin>

/** OpenSSH's form: "SHA256:" and the unpadded base64 of the key blob's sha256. */
export const fingerprint = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/)

export const applianceName = z.string().regex(/^[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff_.-]{0,62}$/u)

/** How to log in is a credential of this computer, named by id, never the secret. */
const credentialId = z.string().max(100)

/** A jump host: this console logs in there and goes on to the next address from it. */
const jumpHost = z.strictObject({ address, credentialId })

/** How this console gets into an appliance. What is absent is the plain case. */
export const access = z.strictObject({
  credentialId,
  /** What sudo asks for there; where it is absent and the login itself is a password, that one. */
  sudoCredentialId: credentialId.optional(),
  /** In the order in which they are dialled. */
  via: z.array(jumpHost).min(1).max(4).optional(),
  /** A person accepted algorithms for this appliance that are not safe any more. */
  weakAlgorithms: z.literal(true).optional(),
  /** The login has nothing but the fixed verbs of the watch helper; a setup is refused. */
  watchOnly: z.literal(true).optional(),
})
export type Access = z.infer<typeof access>

/** A saved appliance. */
export const appliance = z.strictObject({ name: applianceName, address, ...access.shape })
export type Appliance = z.infer<typeof appliance>

export function addressText(value: { host: string; port: number }): string {
  return value.host.includes(':') ? `[${value.host}]:${value.port}` : `${value.host}:${value.port}`
}
