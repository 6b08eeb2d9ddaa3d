// Secrets of channels: kept in the vault, and held in memory from their first use on, because a vault with a passphrase
// locks itself and alerts go out at night. A person who locks it takes them back.
import type { ChannelWay } from '../../../shared/domain/alert-channel.ts'
import type { Secret } from '../../../shared/domain/command.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { SecretName, Secrets } from '../../alerts/channels/channel.ts'
import { secretIdsOf } from '../../alerts/deliver.ts'
import type { Vault } from '../../vault/vault.ts'

export type ChannelSecrets = {
  /** Fails as the vault does. */
  of(way: ChannelWay): Promise<Result<Secrets>>
  forget(): void
}

export function channelSecrets(vault: Vault): ChannelSecrets {
  const held = new Map<string, Secret>()
  const one = async (credentialId: string): Promise<Result<Secret>> => {
    const known = held.get(credentialId)
    if (known !== undefined) return ok(known)
    const read = await vault.read(credentialId)
    if (!read.ok) return read
    held.set(credentialId, read.value.secret)
    return ok(read.value.secret)
  }
  return {
    async of(way) {
      const found: { [N in SecretName]?: Secret } = {}
      for (const [name, id] of secretIdsOf(way)) {
        const secret = await one(id)
        if (!secret.ok) return secret
        found[name] = secret.value
      }
      return ok(found)
    },
    forget: () => held.clear(),
  }
}
