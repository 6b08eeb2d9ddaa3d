// From a credential id to what an SSH login needs, and from there to a connection that has been recognised. The
// secret is read when it is used and goes nowhere but into the connection.
import { readFile } from 'node:fs/promises'
import type { Address } from '../../shared/domain/appliance.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { type KnownKeys, knownTypesFor, type OfferedKey } from '../connect/known-hosts.ts'
import { connectSsh, lookAtHostKey } from '../connect/ssh.ts'
import type { Login } from '../connect/ssh-login.ts'
import { contactWith, type Judged, type KeyKeeper } from './host-key-contact.ts'
import type { Opening } from './sessions.ts'

/** Seconds for name, TCP, handshake and login together. */
const connectDeadlineSeconds = 20

type Keys = KeyKeeper & {
  readonly passwords: ReadonlyMap<string, Secret>
  readonly privateKeys: ReadonlyMap<string, Secret>
}

async function loginOf(keys: Keys, credentialId: string): Promise<Result<Login>> {
  const password = keys.passwords.get(credentialId)
  if (password !== undefined) return ok({ kind: 'password', password })
  const privateKey = keys.privateKeys.get(credentialId)
  if (privateKey !== undefined) return ok({ kind: 'key', privateKey })
  const files = keys.state.keyFiles.read()
  if (!files.ok) return files
  const file = files.value.find((f) => f.credentialId === credentialId)?.file
  if (file === undefined) return fail({ kind: 'credential-unknown', credentialId })
  try {
    return ok({ kind: 'key', privateKey: new Secret(await readFile(file, 'utf8')) })
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return fail({ kind: 'identity-unusable', file, reason: missing ? 'missing' : 'unreadable' })
  }
}

/** Opens a connection to a known host key, or to one that has the fingerprint the user gave. */
export async function connectWith(
  keys: Keys,
  opening: Opening,
  givenFingerprint?: string,
): Promise<Result<Judged & { readonly connection: Connection }>> {
  const login = await loginOf(keys, opening.credentialId)
  if (!login.ok) return login
  const contact = contactWith(keys, opening.address, givenFingerprint)
  if (!contact.ok) return contact
  const { verifyHostKey, onHostKeysProven, knownKeyTypes } = contact.value
  const connection = await connectSsh({
    address: opening.address,
    login: login.value,
    verifyHostKey,
    onHostKeysProven,
    pinnedKeyTypes: knownKeyTypes,
    deadlineSeconds: connectDeadlineSeconds,
  })
  if (!connection.ok) return connection
  const met = await contact.value.meet(connection.value)
  return met.ok ? ok({ connection: connection.value, ...met.value }) : met
}

/** The host key that an address shows, before anybody logs in. */
export function hostKeyAt(address: Address, known: KnownKeys): Promise<Result<OfferedKey>> {
  const pinnedKeyTypes = knownTypesFor(known, address)
  return lookAtHostKey({ address, pinnedKeyTypes, deadlineSeconds: connectDeadlineSeconds })
}
