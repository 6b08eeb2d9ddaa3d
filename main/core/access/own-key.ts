// The use-once password: log in with what works, make a key for this appliance, see that a new connection with the key
// alone works, and only then forget the password. The key is in the vault before its line is on the appliance, and
// the appliance's record is written before anything is forgotten: whoever is killed in between has one login that
// works, and the next try finds the same key again (its id stands for the place) and goes on with it.
import { command } from '../../../shared/domain/command.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { isOwnKey, type OwnKeyOutcome, ownKeyId } from '../../../shared/domain/own-key.ts'
import { samePlace } from '../../connect/known-hosts.ts'
import type { LoginKey } from '../../connect/login-keys.ts'
import { newPrivateKey, publicKeyOf } from '../../connect/new-key-pair.ts'
import { openingAnew } from '../appliances.ts'
import type { Core } from '../context.ts'
import { moveWatch } from '../observe.ts'
import { credentialsOf, type Opening, stopsOf } from './opening.ts'
import { addKeyThere, removeKeyThere, whyNotAccepted } from './own-key-there.ts'
import { makeInKeychain } from './vault.ts'

type Asked = { readonly name: string; readonly login?: Opening | undefined; readonly keepForSudo: boolean }

export function installOwnKey(core: Core, asked: Asked): Promise<Result<OwnKeyOutcome>> {
  return core.ownKeysInTurn(() => install(core, asked))
}

async function install(core: Core, { name, login: given, keepForSudo }: Asked): Promise<Result<OwnKeyOutcome>> {
  const before = openingAnew(core, given === undefined ? { by: 'name', name } : { by: 'address', ...given })
  if (!before.ok) return before
  const { credentialId, sudoCredentialId } = before.value
  if (isOwnKey(credentialId)) return ok(alreadyDone(before.value))
  const ready = await readyFor(core, before.value)
  if (!ready.ok) return ready
  const key = await keyFor(core, before.value)
  if (!key.ok) return key
  const proven = await proveKey(core, before.value, key.value)
  if (!proven.ok) return proven
  const { connection } = proven.value
  const asksSudo = sudoCredentialId === undefined && (await sudoAsks(connection, before.value))
  const forSudo = asksSudo && keepForSudo ? await keepPasswordForSudo(core, before.value) : ok(undefined)
  const after = {
    ...before.value,
    credentialId: key.value.credentialId,
    ...(forSudo.ok && forSudo.value !== undefined ? { sudoCredentialId: forSudo.value } : {}),
  }
  const written = forSudo.ok
    ? changeLogin(core, { name, from: given === undefined ? credentialId : undefined, to: after })
    : forSudo
  if (!written.ok) {
    await connection.close()
    return written
  }
  moveWatch(core, before.value, after)
  await core.sessions.forget(before.value)
  const login = await forgetPassword(core, credentialId)
  if (after.sudoCredentialId === undefined) await core.sessions.adopt(after, connection)
  else await connection.close()
  const sudo = after.sudoCredentialId !== undefined ? 'kept' : asksSudo ? 'asks' : 'not-asked'
  return login.ok ? ok({ credentialId: after.credentialId, login: login.value, sudo }) : login
}

function alreadyDone({ credentialId, sudoCredentialId }: Opening): OwnKeyOutcome {
  return { credentialId, login: 'not-a-password', sudo: sudoCredentialId === undefined ? 'not-asked' : 'kept' }
}

/** Before any key is made: nothing holds the connection that has to go, the vault is open, and the login works. */
async function readyFor(core: Core, opening: Opening): Promise<Result<void>> {
  const { address } = opening
  const run = core.consoleRuns.list().find((one) => one.state === 'running' && samePlace(one.address, address))
  if (run !== undefined) return fail({ kind: 'console-busy', what: 'run', since: run.startedAt })
  const made = await makeInKeychain(core)
  if (!made.ok) return made
  const kept = await core.vault.list()
  return kept.ok ? core.sessions.withConnection(opening, async () => ok(undefined)) : kept
}

/** `fresh`: made now, so no appliance can have its line yet. */
type OwnKey = LoginKey & { readonly credentialId: string; readonly fresh: boolean }

/** That of an earlier try where there is one: its line may be on the appliance already. */
async function keyFor(core: Core, opening: Opening): Promise<Result<OwnKey>> {
  const kept = await core.vault.list()
  if (!kept.ok) return kept
  const places = stopsOf(opening).map(({ address: { user, host, port } }) => `${user}@${host.toLowerCase()}:${port}`)
  const credentialId = ownKeyId(core.tools.sha256(places.join(' ')).slice(0, 16))
  const { user: operator, computer = 'console' } = core.tools
  const comment = `rackside:${operator}@${computer}`.replaceAll(/[^!-~]/g, '_').slice(0, 200)
  if (kept.value.some((one) => one.id === credentialId)) {
    const entry = await core.vault.read(credentialId)
    if (!entry.ok) return entry
    const key = publicKeyOf(entry.value.secret)
    if (key.ok) return ok({ credentialId, key: key.value, comment, fresh: false })
  }
  const secret = newPrivateKey()
  const key = publicKeyOf(secret)
  if (!key.ok) return key
  const written = await core.vault.keep({ id: credentialId, kind: 'own-key', label: places.at(-1) ?? '', secret })
  return written.ok ? ok({ credentialId, key: key.value, comment, fresh: true }) : written
}

type Proven = { readonly connection: Connection }

/** A connection that was opened with the key alone. Where there is none, the appliance is as it was. */
async function proveKey(core: Core, before: Opening, key: OwnKey): Promise<Result<Proven>> {
  const { credentialId } = key
  const open = await addKeyThere(core, before, key)
  if (!open.ok) {
    await dropUnused(core, credentialId, key.fresh && open.failure.kind === 'login-keys-unwritable')
    return open
  }
  core.sessions.askAnew({ address: before.address, credentialId })
  const connection = await core.sessions.dialBeside({ ...before, credentialId }, () => undefined)
  if (connection.ok) return ok({ connection: connection.value })
  core.sessions.askAnew({ address: before.address, credentialId })
  const removed = isUsed(core, credentialId) ? ok(undefined) : await removeKeyThere(core, before, key.key)
  await dropUnused(core, credentialId, removed.ok)
  return fail(whyNotAccepted(connection.failure, before, { open: open.value, lineLeft: !removed.ok }))
}

/** While its line may be on the appliance, the key stays: the next try finds both. */
async function dropUnused(core: Core, credentialId: string, lineGone: boolean): Promise<void> {
  if (lineGone && !isUsed(core, credentialId)) await core.vault.remove(credentialId)
}

function isUsed({ state }: Core, credentialId: string): boolean {
  const saved = state.appliances.read()
  // What cannot be read may need it.
  return !saved.ok || saved.value.some((one) => credentialsOf(one).includes(credentialId))
}

/** Behind the key alone there is no password: so this is what is left without one. */
async function sudoAsks(connection: Connection, { address, watchOnly }: Opening): Promise<boolean> {
  if (watchOnly === true || address.user === 'root') return false
  const tried = await connection.run(command('true'), { as: 'root', deadlineSeconds: 20 })
  return !tried.ok && tried.failure.kind === 'sudo-refused' && tried.failure.reason === 'password-needed'
}

/** Its id, once it is in the vault; undefined where the login is no password. */
async function keepPasswordForSudo(
  core: Core,
  { credentialId, address }: Opening,
): Promise<Result<string | undefined>> {
  const secret = core.passwords.get(credentialId)
  if (secret !== undefined) {
    const label = `sudo: ${address.user}@${address.host}:${address.port}`
    const kept = await core.vault.keep({ id: credentialId, kind: 'password', label, secret })
    if (!kept.ok) return kept
    core.passwords.delete(credentialId)
    return ok(credentialId)
  }
  const isPassword = await keptPassword(core, credentialId)
  return isPassword.ok ? ok(isPassword.value ? credentialId : undefined) : isPassword
}

async function keptPassword(core: Core, credentialId: string): Promise<Result<boolean>> {
  const kept = await core.vault.list()
  return kept.ok ? ok(kept.value.some((one) => one.id === credentialId && one.kind === 'password')) : kept
}

/** `from`: the login that is changed; without one the appliance is saved as it is entered now. */
type Change = { readonly name: string; readonly from: string | undefined; readonly to: Opening }

/** Read again: what was saved meanwhile counts more. */
function changeLogin(core: Core, { name, from, to }: Change): Result<void> {
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  if (from === undefined) {
    return core.state.appliances.write([...saved.value.filter((one) => one.name !== name), { name, ...to }])
  }
  if (!saved.value.some((one) => one.name === name && one.credentialId === from)) {
    return fail({ kind: 'appliance-unknown', name, known: saved.value.map((one) => one.name) })
  }
  const { credentialId, sudoCredentialId } = to
  const login = { credentialId, ...(sudoCredentialId === undefined ? {} : { sudoCredentialId }) }
  return core.state.appliances.write(saved.value.map((one) => (one.name === name ? { ...one, ...login } : one)))
}

/**
 * From memory and from the connections that hold it, whatever the vault says then; and from the vault. What something
 * else needs stays.
 */
async function forgetPassword(core: Core, credentialId: string): Promise<Result<OwnKeyOutcome['login']>> {
  const inMemory = core.passwords.has(credentialId)
  const stays = isUsed(core, credentialId)
  if (!stays) {
    core.passwords.delete(credentialId)
    await core.sessions.forgetCredential(credentialId)
  }
  const inVault = await keptPassword(core, credentialId)
  if (!inVault.ok) return inVault
  if (!inMemory && !inVault.value) return ok('not-a-password')
  if (stays) return ok('in-use')
  const removed = inVault.value ? await core.vault.remove(credentialId) : ok(undefined)
  return removed.ok ? ok('forgotten') : removed
}
