// Use cases about one appliance: find it, trust its key, save it, say what is inside, say how it is.
import type { Target } from '../../shared/contract/contract.ts'
import type { Appliance } from '../../shared/domain/appliance.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { ApplianceVerdict } from '../../shared/domain/verdict.ts'
import { fingerprintOf, samePlace } from '../connect/known-hosts.ts'
import type { Core } from './context.ts'
import { gatherNow } from './gather.ts'
import { connectWith } from './login.ts'
import { proveDeployments } from './prove.ts'
import { localOpening, type Opening } from './sessions.ts'

export function openingOf(core: Core, target: Target): Result<Opening> {
  if (target.by === 'local') return ok(localOpening(core.tools.user))
  if (target.by === 'address') return ok({ address: target.address, credentialId: target.credentialId })
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  const found = saved.value.find((a) => a.name === target.name)
  if (found === undefined) {
    return fail({ kind: 'appliance-unknown', name: target.name, known: saved.value.map((a) => a.name) })
  }
  return ok({ address: found.address, credentialId: found.credentialId })
}

export function listAppliances(core: Core): Result<Appliance[]> {
  return core.state.appliances.read()
}

export function saveAppliance(core: Core, name: string, target: Target): Result<Appliance> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  const appliance = { name, address: opening.value.address, credentialId: opening.value.credentialId }
  const written = core.state.appliances.write([...saved.value.filter((a) => a.name !== name), appliance])
  return written.ok ? ok(appliance) : written
}

export async function trustHostKey(
  core: Core,
  opening: Opening & { readonly fingerprint: string },
): Promise<Result<{ keyType: string; fingerprint: string }>> {
  const { address, credentialId, fingerprint } = opening
  const pins = core.state.pins.read()
  if (!pins.ok) return pins
  const pinned = pins.value.find(
    (p) => samePlace(p, address) && fingerprintOf(Buffer.from(p.keyBase64, 'base64')) === fingerprint,
  )
  // Pinned already: every connection is checked against it anyway, so there is nothing to ask the server.
  if (pinned !== undefined) return ok({ keyType: pinned.keyType, fingerprint })
  const connected = await connectWith(core, { address, credentialId }, fingerprint)
  if (!connected.ok) return connected
  const { connection, decision, offered } = connected.value
  const shown = { keyType: offered.type, fingerprint: fingerprintOf(offered.blob) }
  // The pin agrees with the server but not with what was given: somebody has the wrong fingerprint in hand.
  if (decision.kind !== 'accepted-new') {
    await connection.close()
    const { host, port } = address
    return fail({
      kind: 'host-key-mismatch',
      host,
      port,
      keyType: shown.keyType,
      given: fingerprint,
      offered: shown.fingerprint,
    })
  }
  // Read again: another trust may have finished while this one was dialling.
  const now = core.state.pins.read()
  const written = now.ok ? core.state.pins.write([...now.value, decision.pin]) : now
  await core.sessions.adopt({ address, credentialId }, connection)
  return written.ok ? ok(shown) : written
}

export async function detect(core: Core, target: Target): Promise<Result<Facts>> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, (connection) => gatherNow(core, connection))
}

export async function status(core: Core, target: Target): Promise<Result<ApplianceVerdict>> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    return facts.ok ? proveDeployments(core, connection, facts.value) : facts
  })
}
