// The key that seals the entries: a random one, itself under a passphrase or in the keychain. A new protection
// always comes with a new key, so that an old passphrase and an old copy of the file open nothing that came later.
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Keychain } from './keychain.ts'
import { keyOf } from './passphrase.ts'
import { keyBytes, type RandomBytes, seal, unseal } from './sealing.ts'
import { boundKey, type Protection } from './vault-file.ts'

export type DataKey = { readonly keyId: string; readonly protection: Protection; readonly key: Buffer }

const saltBytes = 16
const keyIdBytes = 8

export async function newKeyUnder(
  passphrase: string,
  { random, logN }: { random: RandomBytes; logN: number },
): Promise<DataKey> {
  const cost = { salt: random(saltBytes).toString('base64'), logN }
  const keyId = random(keyIdBytes).toString('hex')
  const wrapping = await keyOf(passphrase, cost)
  const key = random(keyBytes)
  const dataKey = seal(key, wrapping, { bound: boundKey(keyId, cost), random })
  wrapping.fill(0)
  return { keyId, protection: { kind: 'passphrase', ...cost, dataKey }, key }
}

export async function newKeyIn(keychain: Keychain, random: RandomBytes): Promise<Result<DataKey>> {
  const key = random(keyBytes)
  const kept = await keychain.seal(key)
  if (!kept.ok) return kept
  const dataKey = kept.value.toString('base64')
  const protection: Protection = { kind: 'keychain', backend: keychain.backend, dataKey }
  return ok({ keyId: random(keyIdBytes).toString('hex'), protection, key })
}

/** Undefined: the passphrase is another one. */
export async function keyByPassphrase(
  keyId: string,
  protection: Extract<Protection, { kind: 'passphrase' }>,
  passphrase: string,
): Promise<Buffer | undefined> {
  const wrapping = await keyOf(passphrase, protection)
  const key = unseal(protection.dataKey, wrapping, boundKey(keyId, protection))
  wrapping.fill(0)
  return key
}

export async function keyByKeychain(
  protection: Extract<Protection, { kind: 'keychain' }>,
  keychain: Keychain | undefined,
): Promise<Result<Buffer>> {
  const usable = await keychainOf(keychain, protection.backend)
  if (!usable.ok) return usable
  const key = await usable.value.unseal(Buffer.from(protection.dataKey, 'base64'))
  if (!key.ok || key.value.length === keyBytes) return key
  return fail({ kind: 'keychain-unusable', reason: 'refused', backend: usable.value.backend, detail: 'another key' })
}

/** The one that is there and protects something. `wanted`: what it is called where there is none. */
export async function keychainOf(keychain: Keychain | undefined, wanted = ''): Promise<Result<Keychain>> {
  if (keychain === undefined) {
    return fail({ kind: 'keychain-unusable', reason: 'none-here', backend: wanted, detail: '' })
  }
  const usable = await keychain.usable()
  return usable.ok ? ok(keychain) : usable
}
