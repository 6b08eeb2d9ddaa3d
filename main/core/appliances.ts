// Use cases about one appliance: find it, trust its key, save it, say what is inside, say how it is.
import type { ListedAppliance } from '../../shared/contract/appliances.ts'
import type { Target } from '../../shared/contract/contract.ts'
import type { Appliance } from '../../shared/domain/appliance.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { isPartialPlatform } from '../../shared/domain/partial-platform.ts'
import type { ApplianceVerdict } from '../../shared/domain/verdict.ts'
import { isLocal, isReplay, localOpening, type Opening, openingKey, replayOpening, stopsOf } from './access/opening.ts'
import type { Core } from './context.ts'
import { gatherNow, gatherPart, probesFor } from './gather.ts'
import { proveAppliance } from './runs/prove.ts'

export function openingOf(core: Core, target: Target): Result<Opening> {
  if (target.by === 'local') return ok(localOpening(core.tools.user))
  if (target.by === 'replay') return ok(replayOpening(target.replayId))
  if (target.by === 'address') {
    const { by: _, ...opening } = target
    return ok(opening)
  }
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  const found = saved.value.find((a) => a.name === target.name)
  if (found === undefined) {
    return fail({ kind: 'appliance-unknown', name: target.name, known: saved.value.map((a) => a.name) })
  }
  const { name: _, ...opening } = found
  return ok(opening)
}

/**
 * For what a person does: a refusal that is remembered does not stand in its way. What a page asks by itself, and
 * asks again, is not among it.
 */
export function openingAnew(core: Core, target: Target): Result<Opening> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  for (const { address, credentialId } of stopsOf(opening.value)) core.sessions.askAnew({ address, credentialId })
  core.sudoRefusals.forget(opening.value.address)
  return opening
}

/** The same for what changes something there: a login that only watches is refused before anything is dialled. */
export function openingToChange(core: Core, target: Target): Result<Opening> {
  const opening = openingAnew(core, target)
  if (opening.ok && isReplay(opening.value)) return fail({ kind: 'replay-only' })
  return opening.ok && opening.value.watchOnly === true ? fail({ kind: 'watch-only' }) : opening
}

/** Pages poll saved appliances by name; who spells out an address and a login is a person who waits for the answer. */
function openingToLookAt(core: Core, target: Target): Result<Opening> {
  return target.by === 'address' ? openingAnew(core, target) : openingOf(core, target)
}

export function listAppliances(core: Core): Result<ListedAppliance[]> {
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  return ok(saved.value.map((one) => ({ ...one, demo: core.demos.isDemo(one.address) })))
}

export function saveAppliance(core: Core, name: string, target: Target): Result<Appliance> {
  if (target.by === 'replay') return fail({ kind: 'replay-only' })
  const opening = openingAnew(core, target)
  if (!opening.ok) return opening
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  const appliance = { name, ...opening.value }
  const written = core.state.appliances.write([...saved.value.filter((a) => a.name !== name), appliance])
  return written.ok ? ok(appliance) : written
}

/** Takes it off this console's list; its host key stays pinned, so that nobody else can take its place meanwhile. */
export function forgetAppliance(core: Core, name: string): Result<{ name: string }> {
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  const others = saved.value.filter((a) => a.name !== name)
  if (others.length === saved.value.length) {
    return fail({ kind: 'appliance-unknown', name, known: saved.value.map((a) => a.name) })
  }
  const written = core.state.appliances.write(others)
  return written.ok ? ok({ name }) : written
}

/** A part, marked as that, where this computer is meant and only a part of it can be read. */
export async function detect(core: Core, target: Target): Promise<Result<Facts>> {
  const opening = openingToLookAt(core, target)
  if (!opening.ok) return opening
  const { platform } = core.tools
  if (isLocal(opening.value) && isPartialPlatform(platform)) return ok(await gatherPart(core, platform))
  return detectWhole(core, target)
}

/** For who draws conclusions from what is not there: never a part. */
export async function detectWhole(core: Core, target: Target): Promise<Result<Facts>> {
  const opening = openingToLookAt(core, target)
  if (!opening.ok) return opening
  const probes = probesFor(opening.value)
  const facts = await core.sessions.withConnection(opening.value, (connection) => gatherNow(core, connection, probes))
  if (facts.ok) core.lastLooks.seen(openingKey(opening.value), facts.value)
  return facts
}

/** The same from the last look, where there was one: what is in a server changes seldom. */
export async function lastSeen(core: Core, target: Target): Promise<Result<Facts>> {
  const opening = openingToLookAt(core, target)
  if (!opening.ok) return opening
  const seen = core.lastLooks.of(openingKey(opening.value))
  return seen === undefined ? detectWhole(core, target) : ok(seen)
}

export async function status(core: Core, target: Target): Promise<Result<ApplianceVerdict>> {
  const opening = openingToLookAt(core, target)
  if (!opening.ok) return opening
  const { address } = opening.value
  const proven = await core.sessions.withConnection(opening.value, (connection) =>
    proveAppliance(core, { address, connection }),
  )
  if (!proven.ok) core.lasting.lost(address)
  return proven
}
