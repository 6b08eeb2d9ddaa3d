// Use cases about the host key of an appliance: show it before anybody logs in, and trust the one whose
// fingerprint a person has compared. A changed key is shown, never taken.
import type { Access, Address } from '../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import {
  decideHostKey,
  fingerprintOf,
  type HostKeyDecision,
  type OfferedKey,
  samePlace,
} from '../connect/known-hosts.ts'
import type { Core } from './context.ts'
import { connectWith } from './login.ts'

type ShownKey = { readonly keyType: string; readonly fingerprint: string }

type Place = Pick<Access, 'weakAlgorithms'> & { readonly address: Address }

export async function greetAppliance(core: Core, place: Place): Promise<Result<ShownKey & { pinned: boolean }>> {
  const greeted = await look(core, place)
  if (!greeted.ok) return greeted
  const { decision, offered } = greeted.value
  if (decision.kind === 'refused' && decision.failure.kind !== 'host-key-unknown') return fail(decision.failure)
  return ok({ ...shown(offered), pinned: decision.kind === 'accepted' })
}

type Trust = Place & {
  readonly credentialId?: string | undefined
  /** What the caller compared. */
  readonly fingerprint: string
}

export async function trustHostKey(core: Core, trust: Trust): Promise<Result<ShownKey>> {
  const { address, credentialId, fingerprint, weakAlgorithms } = trust
  const pins = core.state.pins.read()
  if (!pins.ok) return pins
  const pinned = pins.value.find(
    (p) => samePlace(p, address) && fingerprintOf(Buffer.from(p.keyBase64, 'base64')) === fingerprint,
  )
  // Pinned already: every connection is checked against it anyway, so there is nothing to ask the server.
  if (pinned !== undefined) {
    core.sessions.askAnew({ address })
    return ok({ keyType: pinned.keyType, fingerprint })
  }
  if (credentialId === undefined) {
    const greeted = await look(core, trust, fingerprint)
    return greeted.ok ? pin(core, trust, greeted.value) : greeted
  }
  const opening = { address, credentialId, ...(weakAlgorithms && { weakAlgorithms }) }
  const connected = await connectWith(core, opening, { givenFingerprint: fingerprint })
  if (!connected.ok) return connected
  const { connection, ...judged } = connected.value
  const written = pin(core, trust, judged)
  // The pin agrees with the server but not with what was given: that connection is nobody's.
  if (judged.decision.kind !== 'accepted-new') await connection.close()
  else await core.sessions.adopt(opening, connection)
  return written
}

type Judged = { readonly decision: HostKeyDecision; readonly offered: OfferedKey }

/** Judges the key as a login would. */
async function look(core: Core, { address, weakAlgorithms }: Place, given?: string): Promise<Result<Judged>> {
  const pins = core.state.pins.read()
  if (!pins.ok) return pins
  const offered = await core.hostKeyAt(address, pins.value, weakAlgorithms)
  if (!offered.ok) return offered
  return ok({ decision: decideHostKey(pins.value, address, offered.value, given), offered: offered.value })
}

function pin(core: Core, { address, fingerprint }: Trust, { decision, offered }: Judged): Result<ShownKey> {
  if (decision.kind === 'refused') return fail(decision.failure)
  if (decision.kind === 'accepted') {
    const { host, port } = address
    const { keyType, fingerprint: found } = shown(offered)
    // Somebody has the wrong fingerprint in hand.
    return fail({ kind: 'host-key-mismatch', host, port, keyType, given: fingerprint, offered: found })
  }
  // Read again: another trust may have finished while this one was dialling.
  const now = core.state.pins.read()
  if (!now.ok) return now
  const others = now.value.filter((p) => !samePlace(p, address) || p.keyBase64 !== decision.pin.keyBase64)
  const written = core.state.pins.write([...others, decision.pin])
  core.sessions.askAnew({ address })
  return written.ok ? ok(shown(offered)) : written
}

function shown(offered: OfferedKey): ShownKey {
  return { keyType: offered.type, fingerprint: fingerprintOf(offered.blob) }
}
