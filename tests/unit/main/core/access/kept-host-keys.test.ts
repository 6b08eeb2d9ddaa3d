// The host keys that this console keeps: a changed one is trusted again only as an act of its own (P2), forgetting asks
// for the name, and known_hosts come in and go out (P3).
import { describe, expect, it } from 'vitest'
import { fingerprintOf } from '../../../../../main/connect/known-hosts.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import { generateKeyPair, startFakeSsh } from '../../../../support/fake-ssh-server.ts'
import { openingTo, pinFor, trustingCore } from '../../../../support/trusting-core.ts'

const before = generateKeyPair().public.split(' ')[1] ?? ''
const otherId = '3'.repeat(32)

/** A server whose key is not the pinned one any more, saved as "ward". */
async function changedServer() {
  const all = trustingCore()
  const server = await startFakeSsh()
  const fingerprint = fingerprintOf(server.hostKeyBlob)
  const opening = openingTo(server)
  await all.client.product.appliances.save({ name: 'ward', target: { by: 'address', ...opening } })
  all.core.state.pins.write([{ ...pinFor(server), keyBase64: before, machineId: otherId }])
  return { ...all, server, opening, fingerprint, hostKeys: all.client.product.hostKeys, address: server.address }
}

describe('trusting a changed host key again (P2)', () => {
  it.each(['127.0.0.1', ' ward '])('with "%s" typed replaces the pins and forgets the machine', async (typedHost) => {
    const { core, hostKeys, pins, acts, address, opening, fingerprint, server } = await changedServer()
    expect(await core.sessions.open(opening)).toMatchObject({ failure: { kind: 'host-key-changed' } })
    expect(server.authentications).toEqual([])
    const retrusted = await hostKeys.retrust({ address, fingerprint, typedHost })
    expect(retrusted).toEqual(ok({ keyType: 'ssh-ed25519', fingerprint, replaced: 1 }))
    expect(server.authentications).toEqual([])
    expect(pins()).toEqual([{ ...pinFor(server), source: 'compared', since: '2026-11-20T08:00:00.000Z' }])
    expect(acts()).toEqual(['appliance-save', 'host-key-refused', 'host-key-retrust'])
    expect(await core.sessions.open(opening)).toMatchObject({ ok: true })
  })

  it.each(['', 'yes', 'ward-2', '127.0.0.2'])('with "%s" typed is refused, and asks nobody', async (typedHost) => {
    const { hostKeys, pins, address, fingerprint, server } = await changedServer()
    const refused = fail({ kind: 'name-not-confirmed', asked: 'ward', typed: typedHost })
    expect(await hostKeys.retrust({ address, fingerprint, typedHost })).toEqual(refused)
    expect(pins()).toMatchObject([{ keyBase64: before }])
    expect(server.openLinks()).toBe(0)
  })

  it('with another fingerprint than the server shows is refused', async () => {
    const { hostKeys, pins, address, fingerprint } = await changedServer()
    const given = `SHA256:${'A'.repeat(43)}`
    expect(await hostKeys.retrust({ address, fingerprint: given, typedHost: 'ward' })).toMatchObject({
      failure: { kind: 'host-key-mismatch', given, offered: fingerprint },
    })
    expect(pins()).toMatchObject([{ keyBase64: before }])
  })

  it('closes the connection that rested on the old key, and lets another machine in', async () => {
    const { core, hostKeys, address, opening, fingerprint, server, pins } = await changedServer()
    core.state.pins.write([pinFor(server)])
    await core.sessions.open(opening)
    core.state.pins.write([{ ...pinFor(server), machineId: otherId }])
    expect(await hostKeys.retrust({ address, fingerprint, typedHost: 'ward' })).toMatchObject({ ok: true })
    await expect.poll(() => server.openLinks()).toBe(0)
    expect(pins()[0]?.machineId).toBeUndefined()
  })

  it('is never done by trusting, whatever fingerprint is given', async () => {
    const { client, pins, opening, fingerprint, server } = await changedServer()
    for (const given of [opening, { address: opening.address }]) {
      const trusted = await client.product.appliances.trust({ ...given, fingerprint })
      expect(trusted).toMatchObject({ failure: { kind: 'host-key-changed' } })
    }
    expect(pins()).toMatchObject([{ keyBase64: before }])
    expect(server.authentications).toEqual([])
  })
})

describe('forgetting host keys', () => {
  it('takes the pins and plain lines of the address, counts what still covers it, and never un-revokes', async () => {
    const { core, hostKeys, address, pins } = await changedServer()
    const key = { keyType: 'ssh-ed25519', keyBase64: before }
    const name = `[127.0.0.1]:${address.port}`
    const kept = [
      { hosts: '*', ...key },
      { hosts: name, ...key, revoked: true as const },
      { hosts: 'else', ...key },
    ]
    core.state.knownHosts.write([{ hosts: name, ...key }, { hosts: `${name},else-2`, ...key }, ...kept])
    const { host, port } = address
    expect(await hostKeys.forget({ host, port, typedHost: 'no' })).toMatchObject({ ok: false })
    expect(pins()).toHaveLength(1)
    expect(await hostKeys.forget({ host, port, typedHost: 'ward' })).toEqual(ok({ forgotten: 3, stillImported: 2 }))
    expect(pins()).toEqual([])
    expect(core.state.knownHosts.read()).toEqual(ok([{ hosts: 'else-2', ...key }, ...kept]))
  })
})

describe('known_hosts (P3)', () => {
  it('are counted, taken in once, listed and given out again', async () => {
    const { hostKeys, fingerprint, server } = await changedServer()
    const key = server.hostKeyBlob.toString('base64')
    const text = [
      `*.ward.example ssh-ed25519 ${key} a comment`,
      `@revoked old ssh-ed25519 ${key}`,
      `@cert-authority * ssh-ed25519 ${key}`,
      `x ssh-dss ${key}`,
    ].join('\n')
    const counts = { added: 2, revoked: 1, alreadyKnown: 0, unknownTypes: 1, certAuthorities: 1 }
    expect(await hostKeys.previewImport({ text })).toEqual(ok(counts))
    expect(await hostKeys.list({})).toMatchObject({ value: { imported: [] } })
    expect(await hostKeys.import({ text })).toEqual(ok(counts))
    expect(await hostKeys.import({ text })).toMatchObject({ value: { added: 0, revoked: 0, alreadyKnown: 2 } })
    const shown = { keyType: 'ssh-ed25519', fingerprint }
    expect(await hostKeys.list({})).toMatchObject({
      value: {
        pinned: [{ host: '127.0.0.1', machineId: otherId, names: ['ward'] }],
        imported: [
          { hosts: '*.ward.example', ...shown },
          { hosts: 'old', ...shown, revoked: true },
        ],
      },
    })
    const exported = await hostKeys.export({})
    expect(exported.ok && exported.value.text.split('\n')).toEqual([
      `[127.0.0.1]:${server.address.port} ssh-ed25519 ${before}`,
      `*.ward.example ssh-ed25519 ${key}`,
      `@revoked old ssh-ed25519 ${key}`,
      '',
    ])
  })

  it('whatever file it was, stays out of the audit, which says what came of it (P12)', async () => {
    const { hostKeys, audit } = await changedServer()
    const key = generateKeyPair().private
    expect(await hostKeys.import({ text: key })).toMatchObject({ ok: false })
    await hostKeys.import({ text: `a ssh-ed25519 ${before}` })
    expect(JSON.stringify(audit())).not.toContain(key.split('\n')[2])
    expect(audit().slice(-2)).toMatchObject([
      { act: 'known-hosts-import', input: {} },
      { act: 'known-hosts-imported', who: 'rackside', input: { added: 1, sha256: expect.stringMatching(/.{10}/) } },
    ])
  })

  it('make a server known that was refused as unknown, without anybody asking for it', async () => {
    const { core, hostKeys, opening, server, address } = await changedServer()
    core.state.pins.write([])
    expect(await core.sessions.open(opening)).toMatchObject({ failure: { kind: 'host-key-unknown' } })
    const key = server.hostKeyBlob.toString('base64')
    await hostKeys.import({ text: `[${address.host}]:${address.port} ssh-ed25519 ${key}` })
    expect(await core.sessions.open(opening)).toMatchObject({ ok: true })
  })

  it('with one bad line are not taken in at all', async () => {
    const { hostKeys, core } = await changedServer()
    expect(await hostKeys.import({ text: `a ssh-ed25519 ${before}\nb ssh-ed25519 nonsense` })).toMatchObject({
      failure: { kind: 'known-hosts-unusable', line: 2 },
    })
    expect(core.state.knownHosts.read()).toEqual(ok([]))
  })
})
