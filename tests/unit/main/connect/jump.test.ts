// Through jump hosts: each has its own login and its own host key, what goes wrong names where it did, and nothing
// stays open behind a link that ended.
import { describe, expect, it } from 'vitest'
import { decideHostKey, fingerprintOf } from '../../../../main/connect/known-hosts.ts'
import type { Hop } from '../../../../main/connect/ssh.ts'
import { command, Secret } from '../../../../shared/domain/command.ts'
import { connectTo, type FakeSsh, type FakeSshOptions, startFakeSsh } from '../../../support/fake-ssh-server.ts'

const hopLogin = { kind: 'password' as const, password: new Secret('hop') }

async function startHop(options: FakeSshOptions = {}): Promise<{ server: FakeSsh; hop: Hop }> {
  const server = await startFakeSsh({ user: 'jumper', password: 'hop', ...options })
  const { address } = server
  return { server, hop: { address, login: hopLogin, verifyHostKey: () => ({ kind: 'accepted' }) } }
}

const placeOf = ({ address: { host, port } }: FakeSsh) => ({ host, port })

describe('an appliance behind jump hosts', () => {
  it('is logged in to over two of them, each with its own login, and closes them with itself', async () => {
    const [first, second, last] = [await startHop(), await startHop(), await startFakeSsh()]
    const connected = await connectTo(last, { via: [first.hop, second.hop] })
    if (!connected.ok) throw new Error(JSON.stringify(connected.failure))
    const servers = [first.server, second.server, last]
    expect(servers.map((one) => one.openLinks())).toEqual([1, 1, 1])
    const echoed = await connected.value.run(command('echo', 'there'), { as: 'login', deadlineSeconds: 5 })
    expect(echoed).toMatchObject({ ok: true, value: { stdout: 'there\n' } })
    expect(servers.map((one) => one.lines.length)).toEqual([0, 0, 1])
    await connected.value.close()
    await expect.poll(() => servers.map((one) => one.openLinks())).toEqual([0, 0, 0])
  })

  it('brings megabytes through unharmed, whatever the windows of the channels are', async () => {
    const [{ hop }, last] = [await startHop(), await startFakeSsh()]
    const connected = await connectTo(last, { via: [hop] })
    if (!connected.ok) throw new Error('no connection')
    const stdin = 'x'.repeat(5_000_000)
    const counted = await connected.value.run(command('wc', '-c'), { as: 'login', deadlineSeconds: 20, stdin })
    expect(counted).toMatchObject({ ok: true, value: { stdout: '5000000\n' } })
  })

  it('is not reached over one whose host key is not trusted: nobody logs in anywhere (P1)', async () => {
    const [{ hop, server }, last] = [await startHop(), await startFakeSsh()]
    const verifyHostKey: Hop['verifyHostKey'] = (offered) =>
      decideHostKey({ pins: [], imported: [] }, server.address, offered)
    const connected = await connectTo(last, { via: [{ ...hop, verifyHostKey }] })
    const fingerprint = fingerprintOf(server.hostKeyBlob)
    expect(connected).toMatchObject({ failure: { kind: 'host-key-unknown', ...placeOf(server), fingerprint } })
    expect([server.authentications, last.dials()]).toEqual([[], 0])
  })

  it('is refused by its own host key as without them (P1)', async () => {
    const [{ hop, server }, last] = [await startHop(), await startFakeSsh()]
    const connected = await connectTo(last, {
      via: [hop],
      verifyHostKey: (offered) => decideHostKey({ pins: [], imported: [] }, last.address, offered),
    })
    expect(connected).toMatchObject({ failure: { kind: 'host-key-unknown', ...placeOf(last) } })
    expect(last.authentications).toEqual([])
    await expect.poll(server.openLinks).toBe(0)
  })

  it('names the jump host that refuses the login', async () => {
    const [{ hop, server }, last] = [await startHop({ password: 'other' }), await startFakeSsh()]
    const connected = await connectTo(last, { via: [hop] })
    expect(connected).toMatchObject({ failure: { kind: 'login-refused', ...placeOf(server), user: 'jumper' } })
    expect(last.dials()).toBe(0)
  })

  it.each([
    ['forwards nothing', { forwarding: false }, /prohibited/],
    ['finds nobody there', {}, /./],
  ] as const)('is not reached through one that %s', async (_what, options, detail) => {
    const [{ hop, server }, last] = [await startHop(options), await startFakeSsh()]
    const address = { ...last.address, port: 1 }
    const connected = await connectTo(last, { address, via: [hop] })
    const { host, port } = placeOf(server)
    expect(connected).toMatchObject({
      failure: {
        kind: 'jump-refused',
        host: '127.0.0.1',
        port: 1,
        through: `${host}:${port}`,
        detail: expect.stringMatching(detail),
      },
    })
    await expect.poll(server.openLinks).toBe(0)
  })

  it.each<[string, FakeSshOptions]>([
    ['while it opens the way', { silentAt: 'forward', onReady: (client) => void setTimeout(() => client.end(), 200) }],
    ['right after the login', { onReady: (client) => client.end() }],
  ])('ends at once when the jump host is lost %s, and says which link was (P8)', async (_when, options) => {
    const [{ hop, server }, last] = [await startHop(options), await startFakeSsh()]
    const before = performance.now()
    const connected = await connectTo(last, { via: [hop], deadlineSeconds: 8 })
    expect(connected).toMatchObject({ failure: { kind: 'link-lost', ...placeOf(server) } })
    expect(performance.now() - before).toBeLessThan(4000)
  })

  it('is not offered weak algorithms for its jump host, whatever was accepted for itself (P6)', async () => {
    const [{ hop, server }, last] = [await startHop({ ciphers: ['aes128-cbc'] }), await startFakeSsh()]
    for (const weakAlgorithms of [false, true]) {
      expect(await connectTo(last, { via: [hop], weakAlgorithms })).toMatchObject({
        failure: { kind: 'algorithms-refused', ...placeOf(server), weakWouldDo: false },
      })
    }
  })

  it.each(['connect', 'login'] as const)(
    'has one deadline, also when the appliance is silent at %s (P8)',
    async (at) => {
      const [{ hop, server }, last] = [await startHop(), await startFakeSsh({ silentAt: at })]
      const before = performance.now()
      const connected = await connectTo(last, { via: [hop], deadlineSeconds: 1 })
      const { host, port } = placeOf(last)
      expect(connected).toMatchObject({ failure: { kind: 'deadline-passed', seconds: 1 } })
      expect(!connected.ok && 'what' in connected.failure && connected.failure.what).toContain(`${host}:${port}`)
      expect(performance.now() - before).toBeLessThan(3000)
      await expect.poll(server.openLinks, { timeout: 3000 }).toBe(0)
    },
  )

  it('is lost with its jump host', async () => {
    const [{ hop, server }, last] = [await startHop(), await startFakeSsh()]
    const connected = await connectTo(last, { via: [hop] })
    if (!connected.ok) throw new Error('no connection')
    const pending = connected.value.run(command('sleep', '30'), { as: 'login', deadlineSeconds: 20 })
    await expect.poll(() => last.lines.length).toBe(1)
    server.cut()
    expect(await pending).toMatchObject({ failure: { kind: 'link-lost', ...placeOf(last) } })
    await expect.poll(last.openLinks).toBe(0)
  })
})
