// Use cases about the host keys that are kept: list them, trust a changed one again, forget them. Both acts ask
// for the name to be typed, are separate from every login, and end the connections that rested on what was known.
import type { ImportedHostKey, KeptHostKey } from '../../../shared/contract/host-keys.ts'
import type { Access, Address, HostKeyPin } from '../../../shared/domain/appliance.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { KnownHost } from '../../../shared/domain/known-host.ts'
import { decideHostKey, fingerprintOf, fingerprintOfPin, samePlace } from '../../connect/known-hosts.ts'
import { isAbout, type Place, withoutName } from '../../connect/known-hosts-match.ts'
import type { Core } from '../context.ts'
import { readKnownKeys } from './host-key-contact.ts'

type Kept = { readonly pinned: KeptHostKey[]; readonly imported: ImportedHostKey[] }

export function listHostKeys(core: Core): Result<Kept> {
  const known = readKnownKeys(core.state)
  if (!known.ok) return known
  const appliances = core.state.appliances.read()
  if (!appliances.ok) return appliances
  const namesOf = (place: Place) => appliances.value.filter((a) => samePlace(a.address, place)).map((a) => a.name)
  return ok({
    pinned: known.value.pins.map((pin) => {
      const { keyBase64: _, ...shown } = pin
      return { ...shown, fingerprint: fingerprintOfPin(pin), names: namesOf(pin) }
    }),
    imported: known.value.imported.map((one) => {
      const { keyBase64: _, ...shown } = one
      return { ...shown, fingerprint: fingerprintOfPin(one) }
    }),
  })
}

/** Fails unless what was typed is the host, without case, or the name of an appliance that is saved with it. */
export function typedIsHost(core: Core, place: Place, typed: string): Result<void> {
  const appliances = core.state.appliances.read()
  if (!appliances.ok) return appliances
  const names = appliances.value.filter((a) => samePlace(a.address, place)).map((a) => a.name)
  const word = typed.trim()
  if (word.toLowerCase() === place.host.toLowerCase() || names.includes(word)) return ok(undefined)
  return fail({ kind: 'name-not-confirmed', asked: names[0] ?? place.host, typed: evidence(word, 200) })
}

type Retrust = {
  readonly address: Address
  readonly fingerprint: string
  readonly typedHost: string
} & Pick<Access, 'via' | 'weakAlgorithms'>
type Retrusted = { readonly keyType: string; readonly fingerprint: string; readonly replaced: number }

export async function retrustHostKey(core: Core, retrust: Retrust): Promise<Result<Retrusted>> {
  const { address, via, weakAlgorithms, fingerprint, typedHost } = retrust
  const { host, port } = address
  const named = typedIsHost(core, address, typedHost)
  if (!named.ok) return named
  const known = readKnownKeys(core.state)
  if (!known.ok) return known
  // Without the old pins nothing asks for the type of the old key.
  const elsewhere = { ...known.value, pins: known.value.pins.filter((pin) => !samePlace(pin, address)) }
  const way = { address, ...(via && { via }), ...(weakAlgorithms && { weakAlgorithms }) }
  const offered = await core.hostKeyAt(way, elsewhere)
  if (!offered.ok) return offered
  const found = fingerprintOf(offered.value.blob)
  const keyType = offered.value.type
  if (found !== fingerprint) {
    return fail({ kind: 'host-key-mismatch', host, port, keyType, given: fingerprint, offered: found })
  }
  // Of the imported lines only a revocation counts: a person has compared the key now.
  const revocations = { pins: [], imported: known.value.imported.filter((one) => one.revoked) }
  const decision = decideHostKey(revocations, address, offered.value, fingerprint)
  if (decision.kind === 'refused') return fail(decision.failure)
  if (decision.kind === 'accepted') throw new Error('a key is pinned although there were no pins')
  const replaced = replacePins(core, address, [{ ...decision.pin, since: core.tools.now() }])
  if (!replaced.ok) return replaced
  await dropConnections(core, address)
  return ok({ keyType, fingerprint, replaced: replaced.value })
}

type Forget = Place & { readonly typedHost: string }

export async function forgetHostKeys(
  core: Core,
  { typedHost, ...place }: Forget,
): Promise<Result<{ forgotten: number; stillImported: number }>> {
  const named = typedIsHost(core, place, typedHost)
  if (!named.ok) return named
  const imported = core.state.knownHosts.read()
  if (!imported.ok) return imported
  const left = imported.value.map((one) => withoutPlace(one, place))
  const taken = left.filter((one, at) => one !== imported.value[at]).length
  const lines = left.filter((one) => one !== undefined)
  const written = taken > 0 ? core.state.knownHosts.write(lines) : ok(undefined)
  if (!written.ok) return written
  const unpinned = replacePins(core, place, [])
  if (!unpinned.ok) return unpinned
  await dropConnections(core, place)
  const stillImported = lines.filter((one) => isAbout(one.hosts, place)).length
  return ok({ forgotten: unpinned.value + taken, stillImported })
}

/** The line without this place: gone, shorter, or as it was where a pattern covers it or it revokes. */
function withoutPlace(one: KnownHost, place: Place): KnownHost | undefined {
  if (one.revoked || !isAbout(one.hosts, place)) return one
  const hosts = withoutName(one.hosts, place)
  if (hosts === one.hosts) return one
  return hosts === undefined ? undefined : { ...one, hosts }
}

/** In one write: no moment is without the old pins and without the new ones. Gives how many there were. */
function replacePins(core: Core, place: Place, by: readonly HostKeyPin[]): Result<number> {
  const pins = core.state.pins.read()
  if (!pins.ok) return pins
  const others = pins.value.filter((pin) => !samePlace(pin, place))
  const before = pins.value.length - others.length
  const written = before + by.length === 0 ? ok(undefined) : core.state.pins.write([...others, ...by])
  return written.ok ? ok(before) : written
}

async function dropConnections(core: Core, place: Place): Promise<void> {
  await core.sessions.forgetPlace(place)
  core.sessions.askAnew({ address: place })
}
