// From a credential id to what an SSH login needs, and from the pins to the host key decision. The
// secret is read when it is used and goes nowhere but into the connection.
import { readFile } from 'node:fs/promises'
import type { Address, HostKeyPin } from '../../shared/domain/appliance.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { decideHostKey, type HostKeyDecision, type OfferedKey, samePlace } from '../connect/known-hosts.ts'
import { type ConnectStage, connectSsh, lookAtHostKey } from '../connect/ssh.ts'
import type { Login } from '../connect/ssh-login.ts'
import type { State } from '../store/state.ts'
import type { Opening } from './sessions.ts'

/** Seconds for name, TCP, handshake and login together. */
const connectDeadlineSeconds = 20

type Keys = {
  readonly state: State
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

/** Opens a connection to a pinned host key, or to one that has the fingerprint the user gave. */
export async function connectWith(
  keys: Keys,
  opening: Opening,
  asked: { readonly givenFingerprint?: string; readonly onStage?: ((stage: ConnectStage) => void) | undefined } = {},
): Promise<Result<{ connection: Connection; decision: HostKeyDecision; offered: OfferedKey }>> {
  const login = await loginOf(keys, opening.credentialId)
  if (!login.ok) return login
  const pins = keys.state.pins.read()
  if (!pins.ok) return pins
  let judged: { decision: HostKeyDecision; offered: OfferedKey } | undefined
  const connection = await connectSsh({
    address: opening.address,
    login: login.value,
    verifyHostKey: (offered) => {
      const decision = decideHostKey(pins.value, opening.address, offered, asked.givenFingerprint)
      judged = { decision, offered }
      return decision
    },
    pinnedKeyTypes: keyTypesOf(pins.value, opening.address),
    weakAlgorithms: opening.weakAlgorithms === true,
    ...(asked.onStage && { onStage: asked.onStage }),
    deadlineSeconds: connectDeadlineSeconds,
  })
  if (!connection.ok) return connection
  if (judged === undefined) throw new Error('a connection came up without a look at its host key')
  return ok({ connection: connection.value, ...judged })
}

/** The host key that an address shows, before anybody logs in. */
export function hostKeyAt(
  address: Address,
  pins: readonly HostKeyPin[],
  weakAlgorithms = false,
): Promise<Result<OfferedKey>> {
  const pinnedKeyTypes = keyTypesOf(pins, address)
  return lookAtHostKey({ address, pinnedKeyTypes, weakAlgorithms, deadlineSeconds: connectDeadlineSeconds })
}

function keyTypesOf(pins: readonly HostKeyPin[], address: Address): string[] {
  return pins.filter((p) => samePlace(p, address)).map((p) => p.keyType)
}
