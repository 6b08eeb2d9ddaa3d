// A vault over a real file in a temporary folder, with a clock of the test's and a cost of scrypt that tests can pay.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { secretFileIn } from '../../main/store/secret-file.ts'
import type { NewEntry } from '../../main/vault/entries.ts'
import type { Keychain } from '../../main/vault/keychain.ts'
import { openVault, type Vault, type VaultTools } from '../../main/vault/vault.ts'
import { Secret } from '../../shared/domain/command.ts'
import { fail, ok } from '../../shared/domain/failure.ts'
import { type PretendClock, pretendClock } from './pretend-clock.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const passphrase = 'ward seven at night'
export const idleMinutes = 15

export type PretendVault = {
  readonly vault: Vault
  readonly clock: PretendClock
  readonly folder: string
  readonly file: string
  /** Another one over the same file, as another process would have it. */
  beside(): Vault
  /** Every buffer that was made by chance: the data keys are among them. */
  readonly made: Buffer[]
}

export function pretendVault(change: Partial<VaultTools> = {}, folder = temporaryFolder()): PretendVault {
  const clock = pretendClock()
  const made: Buffer[] = []
  const tools: VaultTools = {
    disk: secretFileIn(folder, 'vault.json'),
    random(count) {
      const bytes = randomBytes(count)
      made.push(bytes)
      return bytes
    },
    ...{ now: clock.now, clock: clock.clock, pause: clock.pause, keychain: undefined },
    ...{ idleMilliseconds: idleMinutes * 60_000, logN: 14 },
    ...change,
  }
  const file = join(folder, 'vault.json')
  return { vault: openVault(tools), clock, folder, file, made, beside: () => openVault(tools) }
}

export function passwordEntry(id: string, password: string): NewEntry {
  return { id, kind: 'password', label: `login ${id}`, secret: new Secret(password) }
}

/** Seals by turning the bytes around. `state`: what it answers with from now on. */
export function pretendKeychain(): Keychain & { state: 'well' | 'unavailable' } {
  const turned = (bytes: Buffer) => ok(Buffer.from(bytes).reverse())
  return {
    state: 'well',
    backend: 'pretend',
    async usable() {
      if (this.state === 'well') return ok(undefined)
      return fail({ kind: 'keychain-unusable', reason: 'unavailable', backend: 'pretend', detail: 'locked' })
    },
    seal: async (bytes) => turned(bytes),
    unseal: async (bytes) => turned(bytes),
  }
}
