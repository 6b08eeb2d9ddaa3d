// The vault from a terminal. What is unlocked in a process that ends with the command ends with it; only the console
// of another process stays unlocked.
import type { KeptCredential, VaultStateView } from '../../../shared/contract/vault.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { VaultInvocation } from './vault-arguments.ts'
import { givenPassphrase, newPassphrase } from './vault-passphrase.ts'
import { flat, type Work } from './work.ts'

type VaultWork = Work & {
  readonly line: VaultInvocation
  /** Whether the console that is used ends with this command. */
  readonly owner: boolean
}

/** Exit code, or the failure that ended the command. */
export async function runVault(work: VaultWork): Promise<Result<number>> {
  const { line } = work
  switch (line.act) {
    case 'status':
      return told(work, state(work))
    case 'lock':
      return told(work, flat('vault.lock', work.client.product.vault.lock({})), work.words.vault.locked)
    case 'create':
      return create(work)
    case 'unlock':
      return unlock(work)
    case 'change-passphrase':
      return change(work, line.newPassphrase)
    case 'list':
      return list(work)
    case 'remove':
      return remove(work, line.credentialId)
  }
}

function state({ client }: Work): Promise<Result<VaultStateView>> {
  return flat('vault.state', client.product.vault.state({}))
}

/** Says how the vault is now, after what was done. */
async function told(work: VaultWork, answer: Promise<Result<VaultStateView>>, done?: string): Promise<Result<number>> {
  const now = await answer
  if (!now.ok) return now
  const { terminal } = work
  for (const line of done === undefined ? stateLines(now.value, work) : [done]) terminal.say(line)
  terminal.result(now.value)
  return ok(0)
}

function stateLines({ state: is, protection, entries }: VaultStateView, { words }: Work): string[] {
  const { vault, cli } = words
  return [
    vault.states[is],
    ...(protection === null ? [] : [cli.pair(vault.protection, vault.protections[protection])]),
    ...(entries === null ? [] : [cli.pair(vault.entries, String(entries))]),
  ]
}

async function create(work: VaultWork): Promise<Result<number>> {
  // Nobody thinks up a passphrase for nothing.
  const before = await state(work)
  if (!before.ok) return before
  if (before.value.state !== 'none') return fail({ kind: 'vault-exists' })
  const passphrase = await newPassphrase(work, work.line.passphrase)
  if (!passphrase.ok) return passphrase
  const created = flat('desk.createVault', work.client.desk.createVault({ passphrase: passphrase.value }))
  return told(work, created, work.words.vault.created)
}

async function unlock(work: VaultWork): Promise<Result<number>> {
  if (work.owner) return fail({ kind: 'usage', problem: 'no-console-running', word: 'vault unlock' })
  return told(work, unlocked(work), work.words.vault.unlocked)
}

async function unlocked(work: VaultWork): Promise<Result<VaultStateView>> {
  const now = await state(work)
  if (!now.ok) return now
  if (now.value.state === 'none') return fail({ kind: 'vault-missing' })
  if (now.value.protection === 'keychain') return flat('desk.unlockVault', work.client.desk.unlockVault({}))
  const passphrase = await givenPassphrase(work, work.line.passphrase)
  if (!passphrase.ok) return passphrase
  if (passphrase.value === undefined) return fail({ kind: 'usage', problem: 'passphrase-needed', word: '' })
  return flat('desk.unlockVault', work.client.desk.unlockVault({ passphrase: passphrase.value }))
}

async function change(work: VaultWork, source: VaultInvocation['passphrase']): Promise<Result<number>> {
  const { client, words } = work
  const now = await state(work)
  if (!now.ok) return now
  if (now.value.state === 'none') return fail({ kind: 'vault-missing' })
  const old = now.value.protection === 'keychain' ? ok('') : await givenPassphrase(work, work.line.passphrase)
  if (!old.ok) return old
  if (old.value === undefined) return fail({ kind: 'usage', problem: 'passphrase-needed', word: '' })
  const next = await newPassphrase(work, source)
  if (!next.ok) return next
  const given = { oldPassphrase: old.value, newPassphrase: next.value }
  return told(work, flat('desk.changeVaultPassphrase', client.desk.changeVaultPassphrase(given)), words.vault.changed)
}

/** Unlocked already, or from now on. */
async function opened(work: VaultWork): Promise<Result<VaultStateView>> {
  const now = await state(work)
  return now.ok && now.value.state !== 'unlocked' ? unlocked(work) : now
}

async function list(work: VaultWork): Promise<Result<number>> {
  const open = await opened(work)
  if (!open.ok) return open
  const { client, terminal, words } = work
  const kept = await flat('vault.list', client.product.vault.list({}))
  if (!kept.ok) return kept
  for (const one of kept.value) terminal.say(keptLine(one, work))
  if (kept.value.length === 0) terminal.say(words.cli.none)
  terminal.result({ credentials: kept.value })
  return ok(0)
}

function keptLine({ credentialId, kind, label, usedBy }: KeptCredential, { words }: Work): string {
  const { cli, vault } = words
  const users = usedBy.length === 0 ? [] : [cli.pair(vault.usedBy, usedBy.join(', '))]
  return cli.pair(credentialId, cli.list([vault.kinds[kind], label, ...users]))
}

async function remove(work: VaultWork, credentialId: string): Promise<Result<number>> {
  const open = await opened(work)
  if (!open.ok) return open
  const { client, terminal, words } = work
  const removed = await flat('vault.remove', client.product.vault.remove({ credentialId }))
  if (!removed.ok) return removed
  terminal.say(words.vault.removed(credentialId))
  terminal.result({ credentialId, removed: true })
  return ok(0)
}
