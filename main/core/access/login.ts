// From credential ids to what SSH logins need, on the way through jump hosts too, and from there to a connection
// that has been recognised. A secret is read when it is used and goes nowhere but into the connection.
import type { Access, Address } from '../../../shared/domain/appliance.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { agentKeys, chooseAgentKey } from '../../connect/agent.ts'
import { type KnownKeys, knownTypesFor, type OfferedKey } from '../../connect/known-hosts.ts'
import { type ConnectStage, connectSsh, type Hop, lookAtHostKey } from '../../connect/ssh.ts'
import type { Login } from '../../connect/ssh-login.ts'
import type { SudoRefusals } from '../../connect/sudo-refusals.ts'
import type { Vault } from '../../vault/vault.ts'
import { isAnswers, type Offers, takeAnswers } from '../desk/offers.ts'
import { agentFingerprint } from './agent-keys.ts'
import { type Contact, contactWith, type Judged, type KeyKeeper } from './host-key-contact.ts'
import { readKeyFile } from './key-file.ts'
import { watchHelper } from './known-watch-program.ts'
import { type Opening, type Stop, stopsOf } from './opening.ts'

/** Seconds for name, TCP, handshake and login together, jump hosts included. */
const connectDeadlineSeconds = 20

/** Where the secrets are, and where host keys are kept. */
export type LoginKeeper = Offers & KeyKeeper & { readonly sudoRefusals: SudoRefusals }

/** Nothing but what is said at the time: there is no credential behind it. */
type Credential = Login | 'answers'

/** Of every stop on the way, in order: first what can be missing, then the answers, which are used once. */
async function loginsOf(offers: Offers, stops: readonly Stop[]): Promise<Result<Login[]>> {
  const credentials: Credential[] = []
  for (const { credentialId } of stops) {
    const credential = await credentialOf(offers, credentialId)
    if (!credential.ok) return credential
    credentials.push(credential.value)
  }
  const logins: Login[] = []
  for (const [at, { credentialId, address }] of stops.entries()) {
    const credential = credentials[at] as Credential
    const answers = takeAnswers(offers, credentialId, address)
    if (credential !== 'answers') logins.push({ ...credential, ...(answers && { answers }) })
    else if (answers !== undefined) logins.push({ kind: 'answers', answers })
    else return fail({ kind: 'credential-unknown', credentialId })
  }
  return ok(logins)
}

async function credentialOf(offers: Offers, credentialId: string): Promise<Result<Credential>> {
  if (isAnswers(credentialId)) return ok('answers')
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
  const read = readKeyFile(file)
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

/** The password that was named for sudo; undefined where none was. */
async function namedForSudo(
  keeper: LoginKeeper,
  { sudoCredentialId }: Opening,
): Promise<Result<Credential | undefined>> {
  return sudoCredentialId === undefined ? ok(undefined) : credentialOf(keeper, sudoCredentialId)
}

/** Opens a connection to a known host key, or to one that has the fingerprint the user gave. */
export async function connectWith(
  keeper: LoginKeeper,
  opening: Opening,
  asked: { readonly givenFingerprint?: string; readonly onStage?: ((stage: ConnectStage) => void) | undefined } = {},
): Promise<Result<Judged & { readonly connection: Connection }>> {
  const named = await namedForSudo(keeper, opening)
  if (!named.ok) return named
  const logins = await loginsOf(keeper, stopsOf(opening))
  if (!logins.ok) return logins
  const login = logins.value.at(-1) as Login
  // The login's own password serves sudo too; behind a key there is none.
  const forSudo = named.value ?? login
  const hops = hopsOf(keeper, opening.via ?? [], logins.value)
  if (!hops.ok) return hops
  const contact = contactWith(keeper, opening.address, asked.givenFingerprint)
  if (!contact.ok) return contact
  const { verifyHostKey, onHostKeysProven, knownKeyTypes } = contact.value
  const connection = await connectSsh({
    address: opening.address,
    login,
    ...(forSudo !== 'answers' && forSudo.kind === 'password'
      ? { sudo: { password: forSudo.password, refusals: keeper.sudoRefusals } }
      : {}),
    ...(opening.watchOnly === true ? { watch: watchHelper() } : {}),
    verifyHostKey,
    onHostKeysProven,
    pinnedKeyTypes: knownKeyTypes,
    weakAlgorithms: opening.weakAlgorithms === true,
    ...(asked.onStage && { onStage: asked.onStage }),
    deadlineSeconds: connectDeadlineSeconds,
    via: hops.value.hops,
  })
  if (!connection.ok) return connection
  for (const hop of hops.value.contacts) hop.passed()
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
  const logins = await loginsOf(keeper, place.via ?? [])
  if (!logins.ok) return logins
  const hops = hopsOf(keeper, place.via ?? [], logins.value)
  if (!hops.ok) return hops
  const pinnedKeyTypes = knownTypesFor(known, address)
  const weakAlgorithms = place.weakAlgorithms === true
  const deadlineSeconds = connectDeadlineSeconds
  return lookAtHostKey({ address, pinnedKeyTypes, weakAlgorithms, deadlineSeconds, via: hops.value.hops })
}

/** A jump host has to be trusted before: what the user gives is about the last address alone. */
function hopsOf(
  keeper: LoginKeeper,
  stops: readonly Stop[],
  logins: readonly Login[],
): Result<{ readonly hops: readonly Hop[]; readonly contacts: readonly Contact[] }> {
  const hops: Hop[] = []
  const contacts: Contact[] = []
  for (const [at, { address }] of stops.entries()) {
    const contact = contactWith(keeper, address)
    if (!contact.ok) return contact
    const { verifyHostKey, onHostKeysProven, knownKeyTypes } = contact.value
    const login = logins[at] as Login
    hops.push({ address, login, verifyHostKey, onHostKeysProven, pinnedKeyTypes: knownKeyTypes })
    contacts.push(contact.value)
  }
  return ok({ hops, contacts })
}
