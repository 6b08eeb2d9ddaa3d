// Use cases about OpenSSH's known_hosts: what of a text would be new, taking it in, and giving out what is known.
import type { ImportCounts } from '../../../shared/contract/host-keys.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { KnownHost } from '../../../shared/domain/known-host.ts'
import { isRevoked } from '../../connect/known-hosts.ts'
import { readKnownHosts, writeKnownHosts } from '../../connect/known-hosts-text.ts'
import type { Core } from '../context.ts'
import { readKnownKeys } from './host-key-contact.ts'

export function previewImport(core: Core, text: string): Result<ImportCounts> {
  const merged = merge(core, text)
  return merged.ok ? ok(merged.value.counts) : merged
}

/** Connections that were made with a key which is revoked now are closed. */
export async function importKnownHosts(core: Core, text: string): Promise<Result<ImportCounts>> {
  const merged = merge(core, text)
  if (!merged.ok) return merged
  const { all, counts } = merged.value
  if (counts.added === 0) return ok(counts)
  const noted = core.audit.append({
    ...{ at: core.tools.now(), who: 'rackside', act: 'known-hosts-imported' },
    input: { ...counts, sha256: core.tools.sha256(text) },
  })
  if (!noted.ok) return noted
  const written = core.state.knownHosts.write(all)
  if (!written.ok) return written
  const pins = core.state.pins.read()
  if (!pins.ok) return pins
  const revoked = pins.value.filter((pin) => isRevoked(all, pin))
  await Promise.all(revoked.map((pin) => core.sessions.forgetPlace(pin)))
  // An appliance whose key was unknown may be known by now.
  core.sessions.askAnew({ only: 'host-key-unknown' })
  return ok(counts)
}

export function exportKnownHosts(core: Core): Result<{ text: string }> {
  const known = readKnownKeys(core.state)
  return known.ok ? ok({ text: writeKnownHosts(known.value.pins, known.value.imported) }) : known
}

function merge(core: Core, text: string): Result<{ all: KnownHost[]; counts: ImportCounts }> {
  const read = readKnownHosts(text)
  if (!read.ok) return read
  const before = core.state.knownHosts.read()
  if (!before.ok) return before
  const { entries, unknownTypes, certAuthorities } = read.value
  const kept = new Map(before.value.map((one) => [identityOf(one), one]))
  const added = new Map(entries.filter((one) => !kept.has(identityOf(one))).map((one) => [identityOf(one), one]))
  return ok({
    all: [...kept.values(), ...added.values()],
    counts: {
      added: added.size,
      revoked: [...added.values()].filter((one) => one.revoked).length,
      alreadyKnown: entries.length - added.size,
      unknownTypes,
      certAuthorities,
    },
  })
}

function identityOf({ hosts, keyType, keyBase64, revoked }: KnownHost): string {
  return JSON.stringify([hosts, keyType, keyBase64, revoked === true])
}
