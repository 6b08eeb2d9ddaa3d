// From credential ids to what SSH logins need, on the way through jump hosts too, and from there to a connection
// that has been recognised. A secret is read when it is used and goes nowhere but into the connection.
import type { Access, Address } from '../../shared/domain/appliance.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { agentKeys, chooseAgentKey } from '../connect/agent.ts'
import { type KnownKeys, knownTypesFor, type OfferedKey } from '../connect/known-hosts.ts'
import { type ConnectStage, connectSsh, type Hop, lookAtHostKey } from '../connect/ssh.ts'
import type { Login } from '../connect/ssh-login.ts'
import type { SudoPassword } from '../connect/sudo.ts'
import type { SudoRefusals } from '../connect/sudo-refusals.ts'
import type { Vault } from '../vault/vault.ts'
import { agentFingerprint } from './agent-keys.ts'
import { contactWith, type Judged, type KeyKeeper } from './host-key-contact.ts'
import { readKeyFile } from './key-file.ts'
import { type Offers, takeAnswers } from './offers.ts'
import { watchHelper } from './privilege.ts'
import type { Opening } from './sessions.ts'

/** Seconds for name, TCP, handshake and login together, jump hosts included. */
const connectDeadlineSeconds = 20

/** Where the secrets are, and where host keys are kept. */
export type LoginKeeper = Offers & KeyKeeper & { readonly sudoRefusals: SudoRefusals }

type Stop = { readonly address: Address; readonly credentialId: string }

async function loginOf(offers: Offers, { address, credentialId }: Stop): Promise<Result<Login>> {
  const answers = takeAnswers(offers, credentialId, address)
  const login = await credentialOf(offers, credentialId)
  if (login.ok) return ok({ ...login.value, ...(answers && { answers }) })
  const alone = login.failure.kind === 'credential-unknown' && answers !== undefined
  return alone ? ok({ kind: 'answers', answers }) : login
}

async function credentialOf(offers: Offers, credentialId: string): Promise<Result<Login>> {
  const password = offers.passwords.get(credentialId)
  if (password !== undefined) return ok({ kind: 'password', password })
  const passphrase = offers.passphrases.get(credentialId)
  const privateKey = offers.privateKeys.get(credentialId)
  if (privateKey !== undefined) return ok({ kind: 'key', privateKey, ...(passphrase && { passphrase }) })
  const fingerprint = agentFingerprint(credentialId)
  if (fingerprint !== undefined) return agentLogin(offers.agentLocation, fingerprint)
  const files = offers.state.keyFiles.read()
  if (!files.ok) return files
  const file = files.value.find((f) => f.credentialId === credentialId)?.file
  if (file === undefined) return keptLogin(offers.vault, credentialId)
  const read = await readKeyFile(file)
  return read.ok ? ok({ kind: 'key', privateKey: read.value, file, ...(passphrase && { passphrase }) }) : read
}

async function agentLogin(location: string | undefined, fingerprint: string): Promise<Result<Login>> {
  const keys = await agentKeys(location)
  if (!keys.ok) return keys
  const key = chooseAgentKey(keys.value, fingerprint)
  return key.ok ? ok({ kind: 'agent', key: key.value }) : key
}

/** While the vault is locked nobody knows whether this one is in it: whoever unlocks it can say it again. */
async function keptLogin(vault: Vault, credentialId: string): Promise<Result<Login>> {
  const kept = await vault.read(credentialId)
  if (!kept.ok) return kept.failure.kind === 'vault-missing' ? fail({ kind: 'credential-unknown', credentialId }) : kept
  const { kind, secret, passphrase } = kept.value
  if (kind === 'password') return ok({ kind: 'password', password: secret })
  return ok({ kind: 'key', privateKey: secret, ...(passphrase === undefined ? {} : { passphrase }) })
}

/** The password for sudo: the one that was named for it, else the login's own; none where the login is a key. */
async function sudoOf(keeper: LoginKeeper, opening: Opening, login: Login): Promise<Result<SudoPassword | undefined>> {
  const { sudoCredentialId } = opening
  const named = sudoCredentialId === undefined ? ok(login) : await credentialOf(keeper, sudoCredentialId)
  if (!named.ok) return named
  if (named.value.kind !== 'password') return ok(undefined)
  return ok({ password: named.value.password, refusals: keeper.sudoRefusals })
}

/** Opens a connection to a known host key, or to one that has the fingerprint the user gave. */
export async function connectWith(
  keeper: LoginKeeper,
  opening: Opening,
  asked: { readonly givenFingerprint?: string; readonly onStage?: ((stage: ConnectStage) => void) | undefined } = {},
): Promise<Result<Judged & { readonly connection: Connection }>> {
  const hops = await hopsOf(keeper, opening.via)
  if (!hops.ok) return hops
  const login = await loginOf(keeper, opening)
  if (!login.ok) return login
  const sudo = await sudoOf(keeper, opening, login.value)
  if (!sudo.ok) return sudo
  const contact = contactWith(keeper, opening.address, asked.givenFingerprint)
  if (!contact.ok) return contact
  const { verifyHostKey, onHostKeysProven, knownKeyTypes } = contact.value
  const connection = await connectSsh({
    address: opening.address,
    login: login.value,
    ...(sudo.value === undefined ? {} : { sudo: sudo.value }),
    ...(opening.watchOnly === true ? { watch: watchHelper() } : {}),
    verifyHostKey,
    onHostKeysProven,
    pinnedKeyTypes: knownKeyTypes,
    weakAlgorithms: opening.weakAlgorithms === true,
    ...(asked.onStage && { onStage: asked.onStage }),
    deadlineSeconds: connectDeadlineSeconds,
    via: hops.value,
  })
  if (!connection.ok) return connection
  const met = await contact.value.meet(connection.value)
  return met.ok ? ok({ connection: connection.value, ...met.value }) : met
}

/** The host key that an address shows, before anybody logs in there; on jump hosts before it somebody does. */
export async function hostKeyAt(
  keeper: LoginKeeper,
  place: { readonly address: Address } & Pick<Access, 'via' | 'weakAlgorithms'>,
  known: KnownKeys,
): Promise<Result<OfferedKey>> {
  const { address } = place
  const hops = await hopsOf(keeper, place.via)
  if (!hops.ok) return hops
  const pinnedKeyTypes = knownTypesFor(known, address)
  const weakAlgorithms = place.weakAlgorithms === true
  const deadlineSeconds = connectDeadlineSeconds
  return lookAtHostKey({ address, pinnedKeyTypes, weakAlgorithms, deadlineSeconds, via: hops.value })
}

/** A jump host has to be trusted before: what the user gives is about the last address alone. */
async function hopsOf(keeper: LoginKeeper, via: Access['via']): Promise<Result<Hop[]>> {
  const hops: Hop[] = []
  for (const stop of via ?? []) {
    const login = await loginOf(keeper, stop)
    if (!login.ok) return login
    const { address } = stop
    const contact = contactWith(keeper, address)
    if (!contact.ok) return contact
    const { verifyHostKey, knownKeyTypes } = contact.value
    hops.push({ address, login: login.value, verifyHostKey, pinnedKeyTypes: knownKeyTypes })
  }
  return ok(hops)
}
