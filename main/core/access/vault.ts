// Use cases of the vault: its state, what is kept in it and by whom it is used, and the way of a secret that a
// person typed from memory into it.
import type { KeptCredential, VaultStateView } from '../../../shared/contract/vault.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { channelsWith } from '../alerts/channels-with.ts'
import type { Core } from '../context.ts'
import { providerWith } from '../operators/provider-users.ts'
import { credentialsOf } from './opening.ts'

export async function vaultState(core: Core): Promise<Result<VaultStateView>> {
  const state = core.vault.state()
  return state.ok ? ok({ ...state.value, keychain: await hasKeychain(core) }) : state
}

export function lockVault(core: Core): Promise<Result<VaultStateView>> {
  core.vault.lock()
  core.alerts.secrets.forget()
  core.providerSignIns.forget()
  return vaultState(core)
}

export async function createVault(core: Core, passphrase: string): Promise<Result<VaultStateView>> {
  return stateAfter(core, await core.vault.create(passphrase))
}

export async function createKeychainVault(core: Core): Promise<Result<VaultStateView>> {
  return stateAfter(core, await core.vault.createInKeychain())
}

export async function unlockVault(core: Core, passphrase: string | undefined): Promise<Result<VaultStateView>> {
  return stateAfter(core, await core.vault.unlock(passphrase))
}

type Passphrases = { readonly oldPassphrase: string; readonly newPassphrase: string }

export async function changeVaultPassphrase(core: Core, given: Passphrases): Promise<Result<VaultStateView>> {
  return stateAfter(core, await core.vault.changePassphrase(given.oldPassphrase, given.newPassphrase))
}

export async function listKept(core: Core): Promise<Result<KeptCredential[]>> {
  const kept = await core.vault.list()
  if (!kept.ok) return kept
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  return ok(
    kept.value.map(({ id, ...entry }) => {
      const usedBy = saved.value.filter((one) => credentialsOf(one).includes(id)).map((one) => one.name)
      return { credentialId: id, ...entry, usedBy }
    }),
  )
}

export async function removeKept(core: Core, credentialId: string): Promise<Result<{ credentialId: string }>> {
  const kept = await listKept(core)
  if (!kept.ok) return kept
  const found = kept.value.find((one) => one.credentialId === credentialId)
  // With another one nobody would believe what this console has signed before.
  if (found?.kind === 'signing-key') return fail({ kind: 'credential-in-use', credentialId, appliances: [found.label] })
  const appliances = found?.usedBy ?? []
  const users = [...appliances, ...channelsWith(core, credentialId), ...providerWith(core.operators, credentialId)]
  if (users.length > 0) return fail({ kind: 'credential-in-use', credentialId, appliances: users })
  const removed = await core.vault.remove(credentialId)
  return removed.ok ? ok({ credentialId }) : removed
}

type Keeping = { readonly credentialId: string; readonly label: string }

export async function keepCredential(core: Core, { credentialId, label }: Keeping): Promise<Result<Keeping>> {
  const { passwords, privateKeys, passphrases } = core
  const secret = passwords.get(credentialId) ?? privateKeys.get(credentialId)
  if (secret === undefined) return alreadyKept(core, credentialId)
  const made = await makeInKeychain(core)
  if (!made.ok) return made
  const kind = passwords.has(credentialId) ? 'password' : 'private-key'
  const passphrase = passphrases.get(credentialId)
  const kept = await core.vault.keep({ id: credentialId, kind, label, secret, ...(passphrase && { passphrase }) })
  if (!kept.ok) return kept
  for (const offered of [passwords, privateKeys, passphrases]) offered.delete(credentialId)
  return ok({ credentialId, label })
}

async function alreadyKept(core: Core, credentialId: string): Promise<Result<Keeping>> {
  const kept = await core.vault.list()
  if (!kept.ok) return kept.failure.kind === 'vault-missing' ? fail({ kind: 'credential-unknown', credentialId }) : kept
  const found = kept.value.find((one) => one.id === credentialId)
  return found === undefined
    ? fail({ kind: 'credential-unknown', credentialId })
    : ok({ credentialId, label: found.label })
}

/** Only where there is none yet, and a keychain that protects it; otherwise keeping says what is missing. */
export async function makeInKeychain(core: Core): Promise<Result<void>> {
  const state = core.vault.state()
  if (!state.ok || state.value.state !== 'none' || !(await hasKeychain(core))) return ok(undefined)
  return core.vault.createInKeychain()
}

async function hasKeychain({ tools }: Core): Promise<boolean> {
  return tools.keychain !== undefined && (await tools.keychain.usable()).ok
}

async function stateAfter(core: Core, done: Result<void>): Promise<Result<VaultStateView>> {
  return done.ok ? vaultState(core) : done
}
