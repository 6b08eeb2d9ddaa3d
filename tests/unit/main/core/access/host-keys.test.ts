// A host key is shown before anybody logs in, trusted only when a person compared it, and never changed silently.
import { describe, expect, it } from 'vitest'
import { fingerprintOf, type OfferedKey } from '../../../../../main/connect/known-hosts.ts'
import { lookAtHostKey } from '../../../../../main/connect/ssh.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import { startFakeSsh } from '../../../../support/fake-ssh-server.ts'
import { type PretendCore, pretendCore } from '../../../../support/pretend-core.ts'

const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const keyNamed = (name: string): OfferedKey => ({ type: 'ssh-ed25519', blob: Buffer.from(name) })
const shows = (name: () => string) => pretendCore(undefined, async () => ok(keyNamed(name())))
const printOf = (name: string) => fingerprintOf(keyNamed(name).blob)
const appliances = (start: PretendCore) => start.clientAs('admin').product.appliances
const unreachable = fail({ kind: 'host-unreachable', host: address.host, port: 22, reason: 'refused' })

describe('greeting an appliance', () => {
  it('shows its key, and whether it is the pinned one', async () => {
    const start = shows(() => 'one')
    const shown = { keyType: 'ssh-ed25519', fingerprint: printOf('one') }
    expect(await appliances(start).greet({ address })).toEqual(ok({ ...shown, pinned: false }))
    expect(start.core.state.pins.read()).toEqual(ok([]))
    await appliances(start).trust({ address, fingerprint: printOf('one') })
    expect(await appliances(start).greet({ address })).toEqual(ok({ ...shown, pinned: true }))
  })

  it('fails with both fingerprints where another key is pinned', async () => {
    let name = 'one'
    const start = shows(() => name)
    await appliances(start).trust({ address, fingerprint: printOf('one') })
    name = 'two'
    expect(await appliances(start).greet({ address })).toMatchObject({
      failure: { kind: 'host-key-changed', pinned: printOf('one'), offered: printOf('two') },
    })
  })

  it('says why where nobody answers', async () => {
    expect(await appliances(pretendCore()).greet({ address })).toEqual(unreachable)
  })
})

describe('trusting without a login', () => {
  it('pins the key with the given fingerprint, audited, and asks nobody when it is pinned already', async () => {
    const start = shows(() => 'one')
    const given = { address, fingerprint: printOf('one') }
    const trusted = ok({ keyType: 'ssh-ed25519', fingerprint: printOf('one') })
    expect(await appliances(start).trust(given)).toEqual(trusted)
    expect(await appliances(start).trust(given)).toEqual(trusted)
    expect(start.dialled).toHaveLength(1)
    expect(start.core.state.pins.read()).toMatchObject({ value: [{ host: address.host, port: 22 }] })
    expect(start.auditLines().map((one) => one['act'])).toEqual(['host-key-trust', 'host-key-trust'])
  })

  it.each([
    ['another fingerprint', 'host-key-mismatch', []],
    ['a key that changed', 'host-key-changed', ['one']],
  ] as const)('refuses %s and leaves the pins as they are', async (_what, kind, pinned) => {
    let name = 'one'
    const start = shows(() => name)
    for (const _ of pinned) await appliances(start).trust({ address, fingerprint: printOf('one') })
    const before = start.core.state.pins.read()
    name = 'two'
    const fingerprint = printOf(kind === 'host-key-mismatch' ? 'three' : 'two')
    expect(await appliances(start).trust({ address, fingerprint })).toMatchObject({ ok: false, failure: { kind } })
    expect(start.core.state.pins.read()).toEqual(before)
  })
})

describe('looking at a host key', () => {
  it('of a real server sees it without a single attempt to log in, and leaves no link open', async () => {
    const server = await startFakeSsh()
    const seen = await lookAtHostKey({ address: server.address, deadlineSeconds: 5 })
    expect(seen).toEqual(ok({ type: 'ssh-ed25519', blob: server.hostKeyBlob }))
    expect(server.authentications).toEqual([])
    await expect.poll(() => server.openLinks()).toBe(0)
  })

  it('of a server that says nothing ends by its deadline', async () => {
    const server = await startFakeSsh({ silentAt: 'connect' })
    const seen = await lookAtHostKey({ address: server.address, deadlineSeconds: 0.3 })
    expect(seen).toMatchObject({ ok: false, failure: { kind: 'deadline-passed', what: 'ssh handshake' } })
  })
})

describe('forgetting an appliance', () => {
  it('takes it off the list and keeps its host key', async () => {
    const start = shows(() => 'one')
    await appliances(start).trust({ address, fingerprint: printOf('one') })
    await appliances(start).save({ name: 'ward', target: { by: 'address', address, credentialId: 'key-1' } })
    expect(await appliances(start).forget({ name: 'ward' })).toEqual(ok({ name: 'ward' }))
    expect(await appliances(start).list({})).toEqual(ok([]))
    expect(start.core.state.pins.read()).toMatchObject({ value: [{ host: address.host }] })
    expect(await appliances(start).forget({ name: 'ward' })).toEqual(
      fail({ kind: 'appliance-unknown', name: 'ward', known: [] }),
    )
  })
})
