// Every connection of the core meets its appliance the same way: the key before the login (P1, P3), the machine
// before the connection is used (P5), what a server announces only over a key that is trusted (P4).
import { describe, expect, it } from 'vitest'
import { fingerprintOf } from '../../../../../main/connect/known-hosts.ts'
import { knownHostName } from '../../../../../main/connect/known-hosts-match.ts'
import type { KnownHost } from '../../../../../shared/domain/known-host.ts'
import { type Announced, announce } from '../../../../support/announced-host-keys.ts'
import { type FakeSsh, fakeHostKey, generateKeyPair, startFakeSsh } from '../../../../support/fake-ssh-server.ts'
import { machineWithId, openingTo, pinFor, trustingCore } from '../../../../support/trusting-core.ts'

const [idOne, idTwo] = ['1'.repeat(32), '2'.repeat(32)]
const otherKey = generateKeyPair()
const publicOf = (pair: { public: string }) => pair.public.split(' ')[1] ?? ''

const unused = () => {
  throw new Error('not used')
}

function lineFor({ address, hostKeyBlob }: FakeSsh, more: object = {}): KnownHost {
  const hosts = knownHostName(address)
  return { hosts, keyType: 'ssh-ed25519', keyBase64: hostKeyBlob.toString('base64'), ...more }
}

describe('a host key that an import vouches for (P3)', () => {
  it('is accepted without a person, and pinned after the login with a line in the audit file', async () => {
    const { core, client, pins, acts } = trustingCore()
    const server = await startFakeSsh({ programs: machineWithId(idOne) })
    core.state.knownHosts.write([lineFor(server)])
    const greeted = await client.product.appliances.greet({ address: server.address })
    expect(greeted).toMatchObject({ ok: true, value: { pinned: true } })
    expect(await core.sessions.open(openingTo(server))).toMatchObject({ ok: true })
    expect(pins()).toEqual([
      { ...pinFor(server), source: 'imported', machineId: idOne, since: '2026-11-20T08:00:00.000Z' },
    ])
    expect(acts()).toEqual(['host-key-pinned-from-import'])
  })

  it('is not pinned when the login fails', async () => {
    const { core, pins } = trustingCore()
    const server = await startFakeSsh({ password: 'another one' })
    core.state.knownHosts.write([lineFor(server)])
    expect(await core.sessions.open(openingTo(server))).toMatchObject({ failure: { kind: 'login-refused' } })
    expect(pins()).toEqual([])
  })

  it('does not outweigh the fingerprint that a person gave', async () => {
    const { core, client, pins } = trustingCore()
    const server = await startFakeSsh()
    core.state.knownHosts.write([lineFor(server)])
    const fingerprint = `SHA256:${'A'.repeat(43)}`
    const trusted = await client.product.appliances.trust({ ...openingTo(server), fingerprint })
    expect(trusted).toMatchObject({ failure: { kind: 'host-key-mismatch' } })
    expect([server.authentications, pins()]).toEqual([[], []])
  })

  it('of another key of this type is a change, before any login (P2)', async () => {
    const { core, acts } = trustingCore()
    const server = await startFakeSsh()
    core.state.knownHosts.write([lineFor(server, { keyBase64: publicOf(otherKey) })])
    expect(await core.sessions.open(openingTo(server))).toMatchObject({ failure: { kind: 'host-key-changed' } })
    expect(server.authentications).toEqual([])
    expect(acts()).toEqual(['host-key-refused'])
  })
})

describe('a revoked host key', () => {
  it('is refused before any login, also over a pin, also when it is trusted again', async () => {
    const { core, client } = trustingCore()
    const server = await startFakeSsh()
    const fingerprint = fingerprintOf(server.hostKeyBlob)
    core.state.pins.write([pinFor(server)])
    core.state.knownHosts.write([lineFor(server, { hosts: '*', revoked: true }), lineFor(server)])
    const revoked = { failure: { kind: 'host-key-revoked', fingerprint } }
    expect(await core.sessions.open(openingTo(server))).toMatchObject(revoked)
    expect(await client.product.appliances.trust({ address: server.address, fingerprint })).toMatchObject(revoked)
    const again = { address: server.address, fingerprint, typedHost: server.address.host }
    expect(await client.product.hostKeys.retrust(again)).toMatchObject(revoked)
    expect(server.authentications).toEqual([])
  })

  it('ends the connection that was made with it as soon as the revocation is imported', async () => {
    const { core, client } = trustingCore()
    const server = await startFakeSsh()
    core.state.pins.write([pinFor(server)])
    await core.sessions.open(openingTo(server))
    expect(server.openLinks()).toBe(1)
    const text = `@revoked * ssh-ed25519 ${server.hostKeyBlob.toString('base64')}\n`
    expect(await client.product.hostKeys.import({ text })).toMatchObject({ ok: true, value: { revoked: 1 } })
    await expect.poll(() => server.openLinks()).toBe(0)
  })
})

describe('a host key that changes under an open connection (P2)', () => {
  it('stops the second link, for uploads, before its login', async () => {
    const { core, acts } = trustingCore()
    const server = await startFakeSsh({ programs: machineWithId(idOne) })
    core.state.pins.write([pinFor(server)])
    const opened = await core.sessions.open(openingTo(server))
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
    const logins = server.authentications.length
    core.state.pins.write([{ ...pinFor(server), keyBase64: publicOf(otherKey) }])
    const source = { read: unused }
    const artifact = { id: 'a', kind: 'file', sha256: '0'.repeat(64), bytes: 1, chunks: ['0'.repeat(64)] }
    const sent = await opened.value.put(artifact as never, source, { onProgress: () => undefined })
    expect(sent).toMatchObject({ failure: { kind: 'host-key-changed' } })
    expect(server.authentications).toHaveLength(logins)
    expect(acts()).toEqual(['host-key-refused'])
  })
})

describe('the machine behind a known address (P5)', () => {
  it('is remembered at the first login', async () => {
    const { core, pins } = trustingCore()
    const server = await startFakeSsh({ programs: machineWithId(idOne) })
    core.state.pins.write([pinFor(server)])
    expect((await core.sessions.open(openingTo(server))).ok).toBe(true)
    expect(pins()).toEqual([{ ...pinFor(server), machineId: idOne }])
  })

  it('is kept with the key that a person trusts together with a login', async () => {
    const { client, pins } = trustingCore()
    const server = await startFakeSsh({ programs: machineWithId(idOne) })
    const fingerprint = fingerprintOf(server.hostKeyBlob)
    expect(await client.product.appliances.trust({ ...openingTo(server), fingerprint })).toMatchObject({ ok: true })
    expect(pins()).toMatchObject([{ ...pinFor(server), machineId: idOne, source: 'compared' }])
  })

  it('that is another one is refused, the connection closed, and nothing changed', async () => {
    const { core, pins, acts } = trustingCore()
    const server = await startFakeSsh({ programs: machineWithId(idTwo) })
    core.state.pins.write([{ ...pinFor(server), machineId: idOne }])
    expect(await core.sessions.open(openingTo(server))).toMatchObject({
      failure: { kind: 'other-machine', knownMachine: idOne, foundMachine: idTwo },
    })
    await expect.poll(() => server.openLinks()).toBe(0)
    expect(pins()).toMatchObject([{ machineId: idOne }])
    expect(acts()).toEqual(['host-key-refused'])
  })

  it('is not dialled again and again while it is refused', async () => {
    const { core } = trustingCore()
    const server = await startFakeSsh({ programs: machineWithId(idTwo) })
    core.state.pins.write([{ ...pinFor(server), machineId: idOne }])
    for (const _ of [1, 2, 3]) await core.sessions.open(openingTo(server))
    expect(server.authentications.filter((method) => method === 'password')).toHaveLength(1)
  })

  it.each([
    ['has none', undefined],
    ['has one that nobody can read', 'uninitialized'],
  ])('that %s is not locked out, and what is known stays', async (_what, id) => {
    const { core, pins } = trustingCore()
    const server = await startFakeSsh({ programs: machineWithId(id) })
    core.state.pins.write([{ ...pinFor(server), machineId: idOne }])
    expect((await core.sessions.open(openingTo(server))).ok).toBe(true)
    expect(pins()).toMatchObject([{ machineId: idOne }])
  })
})

describe('a server that announces host keys (P4)', () => {
  async function announcing(keys: Announced[], refused = false) {
    const all = trustingCore()
    const server = await startFakeSsh({
      programs: machineWithId(idOne),
      onReady: (client) => announce(client, keys, refused),
    })
    all.core.state.pins.write([pinFor(server)])
    const opened = await all.core.sessions.open(openingTo(server))
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
    // The proof has been on its way since the login: after one more round trip it is here.
    await opened.value.run({ words: ['true'] }, { as: 'login', deadlineSeconds: 5 })
    return { ...all, server, keys: () => all.pins().map((pin) => pin.keyBase64) }
  }
  const old = { privateKey: fakeHostKey, proof: 'good' } as const

  it('and proves them teaches the new one, beside the old, with a line in the audit file', async () => {
    const { pins, acts, server } = await announcing([old, { privateKey: otherKey.private, proof: 'good' }])
    expect(pins()).toMatchObject([
      { keyBase64: pinFor(server).keyBase64 },
      { keyBase64: publicOf(otherKey), source: 'rotated', machineId: idOne },
    ])
    expect(acts()).toEqual(['host-key-learned'])
  })

  it.each(['bad', 'of-another-session'] as const)('with a proof that is %s teaches nothing', async (proof) => {
    const { keys, acts, server } = await announcing([old, { privateKey: otherKey.private, proof }])
    expect(keys()).toEqual([pinFor(server).keyBase64])
    expect(acts()).toEqual([])
  })

  it('and refuses to prove them teaches nothing', async () => {
    const { keys, server } = await announcing([old, { privateKey: otherKey.private, proof: 'good' }], true)
    expect(keys()).toEqual([pinFor(server).keyBase64])
  })

  it('without the old one keeps that until a later connection was made with the new one', async () => {
    const rotated = { privateKey: otherKey.private, proof: 'good' } as const
    const { core, keys, pins, acts, server } = await announcing([rotated])
    expect(keys()).toEqual([pinFor(server).keyBase64, publicOf(otherKey)])
    // The same appliance after its sshd was restarted with the new key: the pins are moved to where that listens.
    const later = await startFakeSsh({
      programs: machineWithId(idOne),
      hostKeys: [otherKey.private],
      onReady: (client) => announce(client, [rotated]),
    })
    core.state.pins.write(pins().map((pin) => ({ ...pin, port: later.address.port })))
    const opened = await core.sessions.open(openingTo(later))
    if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
    await opened.value.run({ words: ['true'] }, { as: 'login', deadlineSeconds: 5 })
    expect(keys()).toEqual([publicOf(otherKey)])
    expect(acts()).toEqual(['host-key-learned', 'host-key-dropped'])
  })

  describe('and is a jump host', () => {
    async function behind(imported: boolean) {
      const all = trustingCore()
      const [last, hop] = [
        await startFakeSsh({ programs: machineWithId(idOne) }),
        await startFakeSsh({
          onReady: (client) => announce(client, [old, { privateKey: otherKey.private, proof: 'good' }]),
        }),
      ]
      all.core.state.pins.write([{ ...pinFor(last), machineId: idOne }, ...(imported ? [] : [pinFor(hop)])])
      if (imported) all.core.state.knownHosts.write([lineFor(hop)])
      const open = () => all.core.sessions.open({ ...openingTo(last), via: [openingTo(hop)] })
      const keysOfHop = () =>
        all.pins().flatMap(({ port, keyBase64 }) => (port === hop.address.port ? [keyBase64] : []))
      return { ...all, hop, last, open, keysOfHop }
    }

    it('teaches its new one too, once it has let us through', async () => {
      const { hop, open, keysOfHop, acts } = await behind(false)
      expect(await open()).toMatchObject({ ok: true })
      await expect.poll(keysOfHop).toEqual([pinFor(hop).keyBase64, publicOf(otherKey)])
      expect(acts()).toEqual(['host-key-learned'])
    })

    it('that an import vouches for is pinned, and teaches from then on', async () => {
      const { core, hop, last, open, keysOfHop, acts } = await behind(true)
      expect(await open()).toMatchObject({ ok: true })
      expect(keysOfHop()).toEqual([pinFor(hop).keyBase64])
      await core.sessions.forgetPlace(last.address)
      expect(await open()).toMatchObject({ ok: true })
      await expect.poll(keysOfHop).toEqual([pinFor(hop).keyBase64, publicOf(otherKey)])
      expect(acts()).toEqual(['host-key-pinned-from-import', 'host-key-learned'])
    })
  })

  it('on another machine than the known one teaches nothing', async () => {
    const { core, pins } = trustingCore()
    const keys = [old, { privateKey: otherKey.private, proof: 'good' } as const]
    const server = await startFakeSsh({
      programs: machineWithId(idTwo),
      onReady: (client) => announce(client, keys),
    })
    core.state.pins.write([{ ...pinFor(server), machineId: idOne }])
    expect(await core.sessions.open(openingTo(server))).toMatchObject({ failure: { kind: 'other-machine' } })
    expect(pins()).toHaveLength(1)
  })
})
