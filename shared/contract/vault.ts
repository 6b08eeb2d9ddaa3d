// The vault: what it is and what is kept in it goes through the product's contract, without a secret. What carries
// one, or lets others be read, is for this computer's user alone: in-process and on the user-only socket (desk.ts),
// and from a page to its own shell (window.ts), which hands it on to the desk. There it is audited.
import * as z from 'zod'
import { call } from './call.ts'

const nothing = z.strictObject({})
const credentialId = z.string().min(1).max(100)

const vaultState = z.strictObject({
  state: z.enum(['none', 'locked', 'unlocked']),
  /** Null where there is none. */
  protection: z.enum(['passphrase', 'keychain']).nullable(),
  /** How many secrets are in it; known only while it is unlocked. */
  entries: z.int().nonnegative().nullable(),
  /** After several wrong passphrases: none is tried for so long. */
  waitSeconds: z.int().nonnegative(),
  /** Whether the process that runs the console has a keychain that can protect a vault. */
  keychain: z.boolean(),
})
export type VaultStateView = z.infer<typeof vaultState>

const keptCredential = z.strictObject({
  credentialId,
  kind: z.enum(['password', 'private-key', 'own-key', 'signing-key', 'client-secret']),
  /** What a person calls it. */
  label: z.string().max(200),
  createdAt: z.iso.datetime(),
  /** Names of the saved appliances that log in with it. */
  usedBy: z.array(z.string()),
})
export type KeptCredential = z.infer<typeof keptCredential>

export const vaultCalls = {
  state: call({ effect: 'read', right: 'look-granted', audit: 'none' }, nothing, vaultState),
  /** By a person: what is in the keychain is not opened again by itself. */
  lock: call({ effect: 'change', right: ['operate', 'administer'], audit: 'vault-lock' }, nothing, vaultState),
  list: call({ effect: 'read', right: ['operate', 'administer'], audit: 'none' }, nothing, z.array(keptCredential)),
  /** Refused with credential-in-use while a saved appliance logs in with it. */
  remove: call(
    { effect: 'destructive', right: 'administer', audit: 'credential-remove' },
    z.strictObject({ credentialId }),
    z.strictObject({ credentialId }),
  ),
}

/** How long one may be is said by the vault itself, in its own failure. */
const passphrase = z.string().max(4096)
const oneKept = z.strictObject({ credentialId, label: z.string().max(200) })
const inputs = {
  create: z.strictObject({ passphrase }),
  /** Without a passphrase: one that the keychain protects. */
  unlock: z.strictObject({ passphrase: passphrase.optional() }),
  /** `oldPassphrase` is not looked at where the keychain protects it: it is put under a passphrase then. */
  change: z.strictObject({ oldPassphrase: passphrase, newPassphrase: passphrase }),
  keep: z.strictObject({ credentialId, label: z.string().trim().min(1).max(190) }),
}

export const vaultDesk = {
  createVault: call(
    { effect: 'change', right: 'administer', audit: 'vault-create', hides: ['passphrase'] },
    inputs.create,
    vaultState,
  ),
  createKeychainVault: call(
    { effect: 'change', right: 'administer', audit: 'vault-create-in-keychain' },
    nothing,
    vaultState,
  ),
  unlockVault: call(
    { effect: 'change', right: ['operate', 'administer'], audit: 'vault-unlock', hides: ['passphrase'] },
    inputs.unlock,
    vaultState,
  ),
  changeVaultPassphrase: call(
    {
      effect: 'change',
      right: 'administer',
      audit: 'vault-passphrase-change',
      hides: ['oldPassphrase', 'newPassphrase'],
    },
    inputs.change,
    vaultState,
  ),
  /**
   * An offered password or key goes from memory into the vault; its id stays. Where there is no vault yet and the
   * keychain can protect one, that is made.
   */
  keepCredential: call({ effect: 'change', right: 'operate', audit: 'credential-keep' }, inputs.keep, oneKept),
}

/** Who may is asked at the desk, once. */
const handedOn = { effect: 'read', right: 'member', audit: 'none' } as const

/** The same for a page, by its own shell. */
export const vaultWindow = {
  createVault: call(handedOn, inputs.create, vaultState),
  createKeychainVault: call(handedOn, nothing, vaultState),
  unlockVault: call(handedOn, inputs.unlock, vaultState),
  changeVaultPassphrase: call(handedOn, inputs.change, vaultState),
  keepCredential: call(handedOn, inputs.keep, oneKept),
}
