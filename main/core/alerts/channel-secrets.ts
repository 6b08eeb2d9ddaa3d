// Secrets of channels: kept in the vault, and held in memory from their first use on, because a vault with a passphrase
// locks itself and alerts go out at night. A person who locks it takes them back.
import type { Secret } from '../../../shared/domain/command.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Vault } from '../../vault/vault.ts'

export type ChannelSecrets = {
  /** Fails as the vault does. */
  of(credentialId: string): Promise<Result<Secret>>
  forget(): void
}

export function channelSecrets(vault: Vault): ChannelSecrets {
  const held = new Map<string, Secret>()
  return {
    async of(credentialId) {
      const known = held.get(credentialId)
      if (known !== undefined) return ok(known)
      const read = await vault.read(credentialId)
      if (!read.ok) return read
      held.set(credentialId, read.value.secret)
      return ok(read.value.secret)
    },
    forget: () => held.clear(),
  }
}
