// The vault as text: a readable header, and everything else sealed. The digest in front of it tells damage from a
// wrong passphrase: it needs no key, so whatever happened to the file is known before anybody is asked for one.

import { createHash } from 'node:crypto'
import * as z from 'zod'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { logNRange, type PassphraseCost } from './passphrase.ts'
import { sealed } from './sealing.ts'

const vaultFormat = 1

export const byPassphrase = z.strictObject({
  kind: z.literal('passphrase'),
  salt: z.base64().min(16).max(64),
  logN: z.int().min(logNRange.least).max(logNRange.most),
  /** The data key, under the key that the passphrase makes. */
  dataKey: sealed,
})
const byKeychain = z.strictObject({
  kind: z.literal('keychain'),
  backend: z.string().max(64),
  /** The data key, as the keychain sealed it. */
  dataKey: z.base64().max(8192),
})
const protection = z.discriminatedUnion('kind', [byPassphrase, byKeychain])
export type Protection = z.infer<typeof protection>

const body = z.strictObject({
  format: z.literal(vaultFormat),
  /** Another one with each new data key: whoever holds an older key learns from it that it is not this file's. */
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  protection,
  entries: sealed,
})
export type VaultFile = z.infer<typeof body>

export function vaultText(file: VaultFile): string {
  return `${JSON.stringify({ sha256: digestOf(file), body: file })}\n`
}

/** `file`: what it is called in the failure. */
export function readVaultText(text: string, file: string): Result<VaultFile> {
  const damaged = (detail: string) => fail({ kind: 'vault-damaged', file, detail })
  const whole = jsonIn(text)
  // Written again it must be the same text: nothing in it goes unread, no blank and no second key of one name.
  if (whole === undefined || `${JSON.stringify(whole)}\n` !== text) return damaged('it is cut short or not a vault')
  const outer = z.strictObject({ sha256: z.string(), body: z.unknown() }).safeParse(whole)
  if (!outer.success) return damaged('it is not a vault')
  if (outer.data.sha256 !== digestOf(outer.data.body)) return damaged('its checksum does not match')
  const format = z.object({ format: z.int() }).safeParse(outer.data.body)
  if (format.success && format.data.format > vaultFormat) {
    return fail({ kind: 'state-too-new', folder: file, found: format.data.format, supported: vaultFormat })
  }
  const read = body.safeParse(outer.data.body)
  return read.success ? ok(read.data) : damaged('its header is not one of a vault')
}

/** What the data key under a passphrase is bound to. */
export function boundKey(keyId: string, { salt, logN }: PassphraseCost): string {
  return JSON.stringify({ format: vaultFormat, keyId, salt, logN })
}

/** What the entries are bound to: the whole header. */
export function boundEntries(keyId: string, way: Protection): string {
  return JSON.stringify({ format: vaultFormat, keyId, protection: way })
}

function digestOf(value: unknown): string {
  return createHash('sha256')
    .update(String(JSON.stringify(value)))
    .digest('hex')
}
