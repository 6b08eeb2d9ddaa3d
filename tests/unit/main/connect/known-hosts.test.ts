import { execFileSync, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decideHostKey, fingerprintOf, knownTypesFor } from '../../../../main/connect/known-hosts.ts'
import { type HostKeyPin, hostKeyPin } from '../../../../shared/domain/appliance.ts'
import type { KnownHost } from '../../../../shared/domain/known-host.ts'
import { generateKeyPair } from '../../../support/fake-ssh-server.ts'
import { needs } from '../../../support/needs.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const place = { host: 'Appliance.ward-3.example', port: 22 }
const first = offered(1)
const second = offered(2)

function offered(fill: number) {
  return { type: 'ssh-ed25519', blob: Buffer.alloc(51, fill) }
}

function pinOf(key: { type: string; blob: Uint8Array }, at: { host: string; port: number } = place): HostKeyPin {
  return { ...at, keyType: key.type, keyBase64: Buffer.from(key.blob).toString('base64') }
}

function failureOf(decision: ReturnType<typeof decideHostKey>) {
  return decision.kind === 'refused' ? decision.failure : decision
}

describe('the decision about a host key', () => {
  it('accepts a pinned key', () => {
    expect(decideHostKey({ pins: [pinOf(first)], imported: [] }, place, first)).toEqual({ kind: 'accepted' })
  })

  it('compares names as DNS does, without case', () => {
    expect(
      decideHostKey({ pins: [pinOf(first)], imported: [] }, { host: 'appliance.WARD-3.example', port: 22 }, first).kind,
    ).toBe('accepted')
  })

  it('does not know a key that is pinned for another port or host', () => {
    const pins = [pinOf(first, { ...place, port: 23 }), pinOf(first, { host: 'other', port: 22 })]
    expect(failureOf(decideHostKey({ pins, imported: [] }, place, first))).toMatchObject({ kind: 'host-key-unknown' })
  })

  it('shows the fingerprint of an unknown key and stores nothing', () => {
    expect(decideHostKey({ pins: [], imported: [] }, place, first)).toEqual({
      kind: 'refused',
      failure: { kind: 'host-key-unknown', ...place, keyType: 'ssh-ed25519', fingerprint: fingerprintOf(first.blob) },
    })
  })

  it('accepts an unknown key whose fingerprint was given, as a pin to store', () => {
    const decision = decideHostKey({ pins: [], imported: [] }, place, first, fingerprintOf(first.blob))
    expect(decision).toEqual({ kind: 'accepted-new', pin: { ...pinOf(first), source: 'compared' } })
    expect(hostKeyPin.parse(decision.kind === 'accepted-new' && decision.pin)).toMatchObject(pinOf(first))
  })

  it('refuses an unknown key that is not the given one, with both fingerprints', () => {
    const given = fingerprintOf(second.blob)
    expect(failureOf(decideHostKey({ pins: [], imported: [] }, place, first, given))).toEqual({
      kind: 'host-key-mismatch',
      ...place,
      keyType: 'ssh-ed25519',
      given,
      offered: fingerprintOf(first.blob),
    })
  })

  it('refuses a changed key, with both fingerprints', () => {
    expect(failureOf(decideHostKey({ pins: [pinOf(first)], imported: [] }, place, second))).toEqual({
      kind: 'host-key-changed',
      ...place,
      keyType: 'ssh-ed25519',
      pinned: fingerprintOf(first.blob),
      offered: fingerprintOf(second.blob),
    })
  })

  it('refuses a changed key even when the given fingerprint is the new one: trusting again is a separate act', () => {
    const decision = decideHostKey({ pins: [pinOf(first)], imported: [] }, place, second, fingerprintOf(second.blob))
    expect(failureOf(decision)).toMatchObject({ kind: 'host-key-changed' })
  })

  describe('of another type than those that an import vouches for (P2, P3)', () => {
    const rsa = { type: 'ssh-rsa', blob: Buffer.alloc(51, 3) }
    const lineOf = (key: typeof rsa, hosts = place.host): KnownHost => {
      const { keyType, keyBase64 } = pinOf(key)
      return { hosts, keyType, keyBase64 }
    }
    const changed = {
      ...{ kind: 'host-key-changed', ...place, keyType: 'ssh-ed25519' },
      pinned: fingerprintOf(rsa.blob),
      offered: fingerprintOf(first.blob),
    }

    it('refuses it as changed, not as one of a place that nobody knows', () => {
      expect(failureOf(decideHostKey({ pins: [], imported: [lineOf(rsa)] }, place, first))).toEqual(changed)
      const given = fingerprintOf(first.blob)
      expect(failureOf(decideHostKey({ pins: [], imported: [lineOf(rsa)] }, place, first, given))).toEqual(changed)
    })

    it('accepts it where another line names it too', () => {
      const imported = [lineOf(rsa), lineOf(first)]
      expect(decideHostKey({ pins: [], imported }, place, first)).toMatchObject({ kind: 'accepted-new' })
    })

    it('does not count lines about other places, and those that revoke', () => {
      const imported = [lineOf(rsa, 'other'), { ...lineOf(rsa), revoked: true as const }]
      const decision = decideHostKey({ pins: [], imported }, place, first)
      expect(failureOf(decision)).toMatchObject({ kind: 'host-key-unknown' })
    })
  })

  it('writes fingerprints as ssh-keygen does', (context) => {
    needs(context, spawnSync('ssh-keygen', ['-?']).error === undefined, 'ssh-keygen is not installed')
    const key = generateKeyPair()
    const file = join(temporaryFolder(), 'key.pub')
    writeFileSync(file, `${key.public}\n`)
    const said = execFileSync('ssh-keygen', ['-lf', file], { encoding: 'utf8' })
    expect(said).toContain(fingerprintOf(Buffer.from(key.public.split(' ')[1] ?? '', 'base64')))
  })
})

describe('the types of host keys to ask for first', () => {
  it('are those of the imported lines, and of nothing but the pins where there are some', () => {
    const line = { hosts: place.host, keyType: 'ssh-rsa', keyBase64: pinOf(second).keyBase64 }
    expect(knownTypesFor({ pins: [], imported: [line] }, place)).toEqual(['ssh-rsa'])
    // A hash to be computed for each of thousands of lines.
    const unread = { ...line, hosts: undefined as never }
    expect(knownTypesFor({ pins: [pinOf(first)], imported: [unread] }, place)).toEqual(['ssh-ed25519'])
  })
})
