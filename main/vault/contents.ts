// The sealed part of the vault: entries out of a file and into one. What was in the open meanwhile is wiped.
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { DataKey } from './data-key.ts'
import { packEntries, type StoredEntry, unpackEntries } from './entries.ts'
import { type RandomBytes, seal, unseal } from './sealing.ts'
import { boundEntries, type VaultFile, vaultText } from './vault-file.ts'

/** `name`: what the file is called in a failure. */
export type Open = { readonly file: VaultFile; readonly key: Buffer; readonly name: string }

/** `use` sees the secrets as views into bytes that are wiped after it. */
export function withEntries<T>({ file, key, name }: Open, use: (entries: StoredEntry[]) => T): Result<T> {
  const plain = unseal(file.entries, key, boundEntries(file.keyId, file.protection))
  try {
    const entries = plain && unpackEntries(plain)
    if (entries !== undefined) return ok(use(entries))
    return fail({ kind: 'vault-damaged', file: name, detail: 'what is in it cannot be opened with its key' })
  } finally {
    plain?.fill(0)
  }
}

export function sealedText({ keyId, protection, key }: DataKey, entries: readonly StoredEntry[], random: RandomBytes) {
  const packed = packEntries(entries)
  const sealed = seal(packed, key, { bound: boundEntries(keyId, protection), random })
  packed.fill(0)
  return vaultText({ format: 1, keyId, protection, entries: sealed })
}
