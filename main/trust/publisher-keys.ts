// A signing key at rest: PKCS#8 sealed under a passphrase as the vault seals its contents. The text is all there is to
// keep; without the passphrase nobody signs with it.
import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto'
import * as z from 'zod'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { checkPassphrase, keyOf, logNRange, usualLogN } from '../vault/passphrase.ts'
import { seal, sealed, unseal } from '../vault/sealing.ts'

const purpose = 'rackside publisher key 1'
const keyFile = z.strictObject({
  format: z.literal(1),
  salt: z.base64().max(64),
  logN: z.int().min(logNRange.least).max(logNRange.most),
  box: sealed,
})

/** `logN`: what one try of the passphrase costs; scrypt's N is 2 to this. */
export async function sealKey(key: KeyObject, passphrase: string, logN = usualLogN): Promise<Result<string>> {
  const usable = checkPassphrase(passphrase)
  if (!usable.ok) return usable
  const salt = randomBytes(16).toString('base64')
  const under = await keyOf(passphrase, { salt, logN })
  const plain = key.export({ type: 'pkcs8', format: 'der' })
  const box = seal(plain, under, { bound: purpose, random: randomBytes })
  plain.fill(0)
  under.fill(0)
  return ok(`${JSON.stringify({ format: 1, salt, logN, box })}\n`)
}

/** Fails alike for a wrong passphrase and for a text that somebody changed: which of the two it is nobody can tell. */
export async function openKey(text: string, passphrase: string, place: string): Promise<Result<KeyObject>> {
  const sealedKey = parsed(text)
  if (sealedKey === undefined)
    return fail({ kind: 'secret-file-unusable', file: evidence(place, 490), problem: 'unreadable' })
  const under = await keyOf(passphrase, sealedKey)
  const plain = unseal(sealedKey.box, under, purpose)
  under.fill(0)
  if (plain === undefined) return fail({ kind: 'publisher-passphrase-wrong', file: evidence(place, 490) })
  const key = createPrivateKey({ key: plain, format: 'der', type: 'pkcs8' })
  plain.fill(0)
  return ok(key)
}

function parsed(text: string): z.infer<typeof keyFile> | undefined {
  try {
    return keyFile.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
