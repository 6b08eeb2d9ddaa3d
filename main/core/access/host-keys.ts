// Use cases about the host key of an appliance: show it before anybody logs in, and trust the one whose
// fingerprint a person has compared. A changed key is shown, never taken.
import type { Access, Address, HostKeyPin } from '../../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import {
  decideHostKey,
  fingerprintOf,
  fingerprintOfPin,
  isRevoked,
  type KnownKeys,
  type OfferedKey,
  samePlace,
} from '../../connect/known-hosts.ts'
import type { Core } from '../context.ts'
import { addPin, type Judged, readKnownKeys } from './host-key-contact.ts'
import { connectWith } from './login.ts'
import type { Opening } from './opening.ts'

type ShownKey = { readonly keyType: string; readonly fingerprint: string }

type Place = { readonly address: Address } & Pick<Access, 'via' | 'weakAlgorithms'>

export async function greetAppliance(core: Core, place: Place): Promise<Result<ShownKey & { pinned: boolean }>> {
  const greeted = await look(core, place)
  if (!greeted.ok) return greeted
  const { decision, offered } = greeted.value
  if (decision.kind === 'refused' && decision.failure.kind !== 'host-key-unknown') return fail(decision.failure)
  // Without a given fingerprint only an imported line makes a key acceptable that is not pinned yet.
  return ok({ ...shown(offered), pinned: decision.kind !== 'refused' })
}

type Trust = Omit<Opening, 'credentialId'> & {
  readonly credentialId?: string | undefined
  /** What the caller compared. */
  readonly fingerprint: string
}

export async function trustHostKey(core: Core, trust: Trust): Promise<Result<ShownKey>> {
  const { address, credentialId, fingerprint, ...access } = trust
  const known = readKnownKeys(core.state)
  if (!known.ok) return known
  const pinned = pinnedAs(known.value, trust)
  // Pinned already: every connection is checked against it anyway, so there is nothing to ask the server.
  if (pinned !== undefined) {
    core.sessions.askAnew({ address })
    return ok({ keyType: pinned.keyType, fingerprint })
  }
  if (credentialId === undefined) {
    const greeted = await look(core, trust, fingerprint)
    return greeted.ok ? pin(core, trust, greeted.value) : greeted
  }
  const opening = { address, credentialId, ...access }
  const connected = await connectWith(core, opening, { givenFingerprint: fingerprint })
  core.sessions.noteDial(opening, connected)
  if (!connected.ok) return connected
  const { connection, ...judged } = connected.value
  const written = pin(core, trust, judged)
  // The pin may agree with the server but not with what was given: that connection is nobody's.
  if (written.ok) await core.sessions.adopt(opening, connection)
  else await connection.close()
  return written
}

/** One that was revoked since counts as not pinned: whoever asks is told. */
function pinnedAs({ pins, imported }: KnownKeys, { address, fingerprint }: Trust): HostKeyPin | undefined {
  const pin = pins.find((one) => samePlace(one, address) && fingerprintOfPin(one) === fingerprint)
  return pin === undefined || isRevoked(imported, pin) ? undefined : pin
}

/** Judges the key as a login would. */
async function look(core: Core, { address, via, weakAlgorithms }: Place, given?: string): Promise<Result<Judged>> {
  const known = readKnownKeys(core.state)
  if (!known.ok) return known
  const place = { address, ...(via && { via }), ...(weakAlgorithms && { weakAlgorithms }) }
  const offered = await core.hostKeyAt(place, known.value)
  if (!offered.ok) return offered
  return ok({ decision: decideHostKey(known.value, address, offered.value, given), offered: offered.value })
}

function pin(core: Core, { address, fingerprint }: Trust, { decision, offered }: Judged): Result<ShownKey> {
  if (decision.kind === 'refused') return fail(decision.failure)
  if (decision.kind === 'accepted') {
    const { host, port } = address
    const { keyType, fingerprint: found } = shown(offered)
    // Somebody has the wrong fingerprint in hand.
    return fail({ kind: 'host-key-mismatch', host, port, keyType, given: fingerprint, offered: found })
  }
  const written = addPin(core, decision.pin)
  core.sessions.askAnew({ address })
  return written.ok ? ok(shown(offered)) : written
}

function shown(offered: OfferedKey): ShownKey {
  return { keyType: offered.type, fingerprint: fingerprintOf(offered.blob) }
}
