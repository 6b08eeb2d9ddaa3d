// One meeting with an appliance, as every connection has it: the host key judged before a login byte leaves, the
// machine behind it recognised before the connection is handed out, and what was learned kept, each with its audit line.
import type { HostKeyPin } from '../../../shared/domain/appliance.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { rotationOf } from '../../connect/host-key-rotation.ts'
import {
  decideHostKey,
  fingerprintOfPin,
  type HostKeyDecision,
  type KnownKeys,
  knownTypesFor,
  type OfferedKey,
  samePlace,
} from '../../connect/known-hosts.ts'
import type { Place } from '../../connect/known-hosts-match.ts'
import { machineIdOf } from '../../facts/machine-id.ts'
import type { Audit } from '../../store/audit/audit.ts'
import type { State } from '../../store/state.ts'

export type KeyKeeper = {
  readonly state: State
  readonly audit: Audit
  /** UTC, ISO 8601. */
  readonly tools: { readonly now: () => string }
}

export type Judged = { readonly decision: HostKeyDecision; readonly offered: OfferedKey }

export type Contact = {
  readonly knownKeyTypes: readonly string[]
  readonly verifyHostKey: (offered: OfferedKey) => HostKeyDecision
  readonly onHostKeysProven: (keys: readonly OfferedKey[]) => void
  /** After the login and before anybody uses the connection. What is refused is closed. */
  meet(connection: Connection): Promise<Result<Judged>>
  /** Instead, for a jump host that has let us through: nothing of ours runs there that could recognise its machine. */
  passed(): void
}

export function readKnownKeys(state: State): Result<KnownKeys> {
  const pins = state.pins.read()
  if (!pins.ok) return pins
  const imported = state.knownHosts.read()
  return imported.ok ? ok({ pins: pins.value, imported: imported.value }) : imported
}

/** `given`: the fingerprint of a key that a person has compared. */
export function contactWith(keeper: KeyKeeper, { host, port }: Place, given?: string): Result<Contact> {
  const place = { host, port }
  const known = readKnownKeys(keeper.state)
  if (!known.ok) return known
  let first: Judged | undefined
  let met = false
  let proven: readonly OfferedKey[] | undefined
  const rotate = (): void => {
    if (met && proven !== undefined && first?.decision.kind === 'accepted') {
      rotatePins(keeper, place, { used: first.offered, proven })
    }
  }
  return ok({
    knownKeyTypes: knownTypesFor(known.value, place),
    verifyHostKey: (offered) => {
      // Read at every handshake: a second link of this connection, hours later, meets what is pinned then.
      const now = readKnownKeys(keeper.state)
      if (!now.ok) return { kind: 'refused', failure: now.failure }
      const decision = decideHostKey(now.value, place, offered, given)
      first ??= { decision, offered }
      if (decision.kind === 'refused') noteRefusal(keeper, decision.failure)
      return decision
    },
    onHostKeysProven: (keys) => {
      proven = keys
      rotate()
    },
    async meet(connection) {
      if (first === undefined) throw new Error('a connection came up without a look at its host key')
      const recognised = await recognise(keeper, place, { connection, judged: first })
      if (!recognised.ok) {
        await connection.close()
        return recognised
      }
      met = true
      rotate()
      return recognised
    },
    passed() {
      // What cannot be kept is met in the same way the next time.
      if (first?.decision.kind === 'accepted-new') pinImported(keeper, first.decision.pin)
      met = true
      rotate()
    },
  })
}

type Meeting = { readonly connection: Connection; readonly judged: Judged }

async function recognise(keeper: KeyKeeper, place: Place, { connection, judged }: Meeting): Promise<Result<Judged>> {
  const machineId = await machineIdOf(connection)
  if (!machineId.ok) return machineId
  const found = machineId.value
  const pins = keeper.state.pins.read()
  if (!pins.ok) return pins
  const knownMachine = pins.value.find((pin) => samePlace(pin, place) && pin.machineId !== undefined)?.machineId
  if (knownMachine !== undefined && found !== undefined && found !== knownMachine) {
    const failure: Failure = { kind: 'other-machine', ...place, knownMachine, foundMachine: found }
    noteRefusal(keeper, failure)
    return fail(failure)
  }
  const { decision } = judged
  if (decision.kind === 'accepted-new') {
    const pin = found === undefined ? decision.pin : { ...decision.pin, machineId: found }
    const kept = pin.source === 'imported' ? pinImported(keeper, pin) : ok(undefined)
    return kept.ok ? ok({ ...judged, decision: { ...decision, pin } }) : kept
  }
  if (found === undefined || knownMachine !== undefined) return ok(judged)
  const written = keeper.state.pins.write(
    pins.value.map((pin) => (samePlace(pin, place) ? { ...pin, machineId: found } : pin)),
  )
  return written.ok ? ok(judged) : written
}

/** Keeps one more key of a place, or the same one with what is known about it now. */
export function addPin({ state, tools }: Pick<KeyKeeper, 'state' | 'tools'>, pin: HostKeyPin): Result<void> {
  // Read again: another login may have finished while this one was dialling.
  const pins = state.pins.read()
  if (!pins.ok) return pins
  const others = pins.value.filter((one) => !samePlace(one, pin) || one.keyBase64 !== pin.keyBase64)
  return state.pins.write([...others, { ...pin, since: tools.now() }])
}

function pinImported(keeper: KeyKeeper, pin: HostKeyPin): Result<void> {
  const noted = note(keeper, 'host-key-pinned-from-import', shown(pin))
  return noted.ok ? addPin(keeper, pin) : noted
}

type Announced = Parameters<typeof rotationOf>[2]

/** No line, no act: what cannot be noted is not learned. */
function rotatePins(keeper: KeyKeeper, place: Place, announced: Announced): void {
  const pins = keeper.state.pins.read()
  if (!pins.ok) return
  const { learned, dropped } = rotationOf(pins.value, place, announced)
  for (const pin of learned) if (note(keeper, 'host-key-learned', shown(pin)).ok) addPin(keeper, pin)
  const going = dropped.filter((pin) => note(keeper, 'host-key-dropped', shown(pin)).ok)
  if (going.length > 0) keeper.state.pins.write(pins.value.filter((pin) => !going.includes(pin)))
}

const worthNoting: ReadonlySet<Failure['kind']> = new Set(['host-key-changed', 'host-key-revoked', 'other-machine'])

/** It is refused whether or not the line can be written. */
function noteRefusal(keeper: KeyKeeper, failure: Failure): void {
  if (worthNoting.has(failure.kind)) note(keeper, 'host-key-refused', failure)
}

function note({ audit, tools }: KeyKeeper, act: string, input: object): Result<unknown> {
  return audit.append({ at: tools.now(), who: 'rackside', act, input })
}

function shown(pin: HostKeyPin): object {
  return { host: pin.host, port: pin.port, keyType: pin.keyType, fingerprint: fingerprintOfPin(pin) }
}
