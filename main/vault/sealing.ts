// AES-256-GCM, the only cipher of the vault: bytes sealed under a key and bound to a text that stays readable.
// Every sealing has a fresh random nonce, and no key seals more than a person's changes: far below 2^32.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import * as z from 'zod'

export const keyBytes = 32
const nonceBytes = 12
const tagBytes = 16

export const sealed = z.strictObject({ nonce: z.base64().max(64), bytes: z.base64() })
export type Sealed = z.infer<typeof sealed>

export type RandomBytes = (count: number) => Buffer

export function seal(plain: Buffer, key: Buffer, { bound, random }: { bound: string; random: RandomBytes }): Sealed {
  const nonce = random(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(bound))
  const bytes = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
  return { nonce: nonce.toString('base64'), bytes: bytes.toString('base64') }
}

/** Undefined: another key, or not what was sealed. Nothing that was not authenticated is ever given back. */
export function unseal(box: Sealed, key: Buffer, bound: string): Buffer | undefined {
  const nonce = Buffer.from(box.nonce, 'base64')
  const bytes = Buffer.from(box.bytes, 'base64')
  if (nonce.length !== nonceBytes || bytes.length < tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  const plain = decipher.update(bytes.subarray(0, -tagBytes))
  try {
    decipher.final()
    return plain
  } catch {
    plain.fill(0)
    return undefined
  }
}
