// AES-256-GCM, the only cipher of the vault: bytes sealed under a key and bound to a text that stays readable.
// Every sealing has a fresh random nonce, and no key seals more than a person's changes, or the pieces of one backup: far
// below 2^32.
import { createCipheriv, createDecipheriv } from 'node:crypto'
import * as z from 'zod'

export const keyBytes = 32
export const nonceBytes = 12
export const tagBytes = 16

export const sealed = z.strictObject({ nonce: z.base64().max(64), bytes: z.base64() })
export type Sealed = z.infer<typeof sealed>

export type RandomBytes = (count: number) => Buffer

type Sealing = { readonly bound: string; readonly random: RandomBytes }

/** As text, for a document. */
export function seal(plain: Buffer, key: Buffer, how: Sealing): Sealed {
  const box = sealBytes(plain, key, how)
  const text = (part: Buffer) => part.toString('base64')
  return { nonce: text(box.subarray(0, nonceBytes)), bytes: text(box.subarray(nonceBytes)) }
}

/** Undefined: another key, or not what was sealed. Nothing that was not authenticated is ever given back. */
export function unseal(box: Sealed, key: Buffer, bound: string): Buffer | undefined {
  const nonce = Buffer.from(box.nonce, 'base64')
  if (nonce.length !== nonceBytes) return undefined
  return openBytes(Buffer.concat([nonce, Buffer.from(box.bytes, 'base64')]), key, bound)
}

/** Nonce, what was sealed, and its tag. */
export function sealBytes(plain: Buffer, key: Buffer, { bound, random }: Sealing): Buffer {
  const nonce = random(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(Buffer.from(bound))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** As `unseal`. */
export function openBytes(box: Buffer, key: Buffer, bound: string): Buffer | undefined {
  if (box.length < nonceBytes + tagBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceBytes), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.from(bound))
  decipher.setAuthTag(box.subarray(-tagBytes))
  const plain = decipher.update(box.subarray(nonceBytes, -tagBytes))
  try {
    decipher.final()
    return plain
  } catch {
    plain.fill(0)
    return undefined
  }
}
