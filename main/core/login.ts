// From credential ids to what SSH logins need, on the way through jump hosts too, and from the pins to the host
// key decisions. A secret is read when it is used and goes nowhere but into the connection.
import type { Access, Address, HostKeyPin } from '../../shared/domain/appliance.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { agentKeys, chooseAgentKey } from '../connect/agent.ts'
import { decideHostKey, type HostKeyDecision, type OfferedKey, samePlace } from '../connect/known-hosts.ts'
import { connectSsh, type Hop, lookAtHostKey } from '../connect/ssh.ts'
import type { Login } from '../connect/ssh-login.ts'
import type { Vault } from '../vault/vault.ts'
import { agentFingerprint } from './agent-keys.ts'
import { readKeyFile } from './key-file.ts'
import { type Offers, takeAnswers } from './offers.ts'
import type { Opening } from './sessions.ts'

/** Seconds for name, TCP, handshake and login together, jump hosts included. */
const connectDeadlineSeconds = 20

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

/** Opens a connection to a pinned host key, or to one that has the fingerprint the user gave. */
export async function connectWith(
  offers: Offers,
  opening: Opening,
  givenFingerprint?: string,
): Promise<Result<{ connection: Connection; decision: HostKeyDecision; offered: OfferedKey }>> {
  const pins = offers.state.pins.read()
  if (!pins.ok) return pins
  const hops = await hopsOf(offers, pins.value, opening.via)
  if (!hops.ok) return hops
  const login = await loginOf(offers, opening)
  if (!login.ok) return login
  let judged: { decision: HostKeyDecision; offered: OfferedKey } | undefined
  const connection = await connectSsh({
    address: opening.address,
    login: login.value,
    verifyHostKey: (offered) => {
      const decision = decideHostKey(pins.value, opening.address, offered, givenFingerprint)
      judged = { decision, offered }
      return decision
    },
    pinnedKeyTypes: keyTypesOf(pins.value, opening.address),
    deadlineSeconds: connectDeadlineSeconds,
    via: hops.value,
  })
  if (!connection.ok) return connection
  if (judged === undefined) throw new Error('a connection came up without a look at its host key')
  return ok({ connection: connection.value, ...judged })
}

/** The host key that an address shows, before anybody logs in there; on jump hosts before it somebody does. */
export async function hostKeyAt(
  offers: Offers,
  place: { readonly address: Address } & Pick<Access, 'via'>,
  pins: readonly HostKeyPin[],
): Promise<Result<OfferedKey>> {
  const { address } = place
  const hops = await hopsOf(offers, pins, place.via)
  if (!hops.ok) return hops
  const pinnedKeyTypes = keyTypesOf(pins, address)
  return lookAtHostKey({ address, pinnedKeyTypes, deadlineSeconds: connectDeadlineSeconds, via: hops.value })
}

/** A jump host has to be trusted before: what the user gives is about the last address alone. */
async function hopsOf(offers: Offers, pins: readonly HostKeyPin[], via: Access['via']): Promise<Result<Hop[]>> {
  const hops: Hop[] = []
  for (const stop of via ?? []) {
    const login = await loginOf(offers, stop)
    if (!login.ok) return login
    const { address } = stop
    const verifyHostKey = (offered: OfferedKey) => decideHostKey(pins, address, offered)
    hops.push({ address, login: login.value, verifyHostKey, pinnedKeyTypes: keyTypesOf(pins, address) })
  }
  return ok(hops)
}

function keyTypesOf(pins: readonly HostKeyPin[], address: Address): string[] {
  return pins.filter((p) => samePlace(p, address)).map((p) => p.keyType)
}
