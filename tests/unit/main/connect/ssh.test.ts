import { once } from 'node:events'
import { createServer } from 'node:net'
import ssh2 from 'ssh2'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { decideHostKey, fingerprintOf } from '../../../../main/connect/known-hosts.ts'
import { type Login, planLogin, readyLogin } from '../../../../main/connect/ssh-login.ts'
import type { HostKeyPin } from '../../../../shared/domain/appliance.ts'
import { command, Secret } from '../../../../shared/domain/command.ts'
import {
  connectionTo,
  connectTo,
  fakeHostKey,
  fakePassword,
  generateKeyPair,
  startFakeSsh,
} from '../../../support/fake-ssh-server.ts'

function password(text: string): Login {
  return { kind: 'password', password: new Secret(text) }
}

function keyLogin(privateKey: string, passphrase?: string): Login {
  const key = { kind: 'key' as const, privateKey: new Secret(privateKey) }
  return passphrase === undefined ? key : { ...key, passphrase: new Secret(passphrase) }
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return address !== null && typeof address === 'object' ? address.port : 0
}

describe('a host key', () => {
  it('that is unknown ends the connection before any authentication', async () => {
    const server = await startFakeSsh()
    const offered: string[] = []
    const connected = await connectTo(server, {
      verifyHostKey: (key) => {
        offered.push(key.type)
        return decideHostKey({ pins: [], imported: [] }, server.address, key)
      },
    })
    const { host, port } = server.address
    const fingerprint = fingerprintOf(server.hostKeyBlob)
    expect(connected).toEqual({
      ok: false,
      failure: { kind: 'host-key-unknown', host, port, keyType: 'ssh-ed25519', fingerprint },
    })
    expect(offered).toEqual(['ssh-ed25519'])
    expect(server.authentications).toEqual([])
    await expect.poll(server.openLinks).toBe(0)
  })

  it('that changed is refused with both fingerprints, before any authentication', async () => {
    const server = await startFakeSsh()
    const other = Buffer.alloc(51, 7)
    const pin: HostKeyPin = {
      host: '127.0.0.1',
      port: server.address.port,
      keyType: 'ssh-ed25519',
      keyBase64: other.toString('base64'),
    }
    const connected = await connectTo(server, {
      verifyHostKey: (key) => decideHostKey({ pins: [pin], imported: [] }, server.address, key),
    })
    expect(connected).toMatchObject({
      failure: {
        kind: 'host-key-changed',
        pinned: fingerprintOf(other),
        offered: fingerprintOf(server.hostKeyBlob),
      },
    })
    expect(server.authentications).toEqual([])
  })

  it('is accepted when its fingerprint was given, and offered as a pin', async () => {
    const server = await startFakeSsh()
    const given = fingerprintOf(server.hostKeyBlob)
    const decisions: unknown[] = []
    const connected = await connectTo(server, {
      verifyHostKey: (key) => {
        const decision = decideHostKey({ pins: [], imported: [] }, server.address, key, given)
        decisions.push(decision.kind)
        return decision
      },
    })
    expect(connected.ok).toBe(true)
    expect(decisions).toEqual(['accepted-new'])
  })
})

describe('a server with several host keys', () => {
  it('is asked for a pinned type first, else for the best one', async () => {
    const rsa = ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }).private
    const server = await startFakeSsh({ hostKeys: [fakeHostKey, rsa] })
    const types: string[] = []
    const verifyHostKey = (key: { type: string }) => {
      types.push(key.type)
      return { kind: 'accepted' as const }
    }
    await connectTo(server, { verifyHostKey })
    await connectTo(server, { verifyHostKey, pinnedKeyTypes: ['ssh-rsa'] })
    expect(types).toEqual(['ssh-ed25519', 'ssh-rsa'])
  })
})

describe('a login', () => {
  it('by password asks for the methods first and sends the password once', async () => {
    const server = await startFakeSsh()
    expect((await connectTo(server)).ok).toBe(true)
    expect(server.authentications).toEqual(['none', 'password'])
  })

  it('that is refused is not tried again and says what the server offers', async () => {
    const server = await startFakeSsh({ methods: ['password', 'publickey'] })
    const { host, port } = server.address
    expect(await connectTo(server, { login: password('wrong') })).toEqual({
      ok: false,
      failure: { kind: 'login-refused', host, port, user: 'ops', methodsOffered: ['password', 'publickey'] },
    })
    expect(server.authentications).toEqual(['none', 'password'])
  })

  it('by password answers the one hidden question where only that is offered', async () => {
    const server = await startFakeSsh({ methods: ['keyboard-interactive'] })
    expect((await connectTo(server)).ok).toBe(true)
    expect(server.authentications).toEqual(['none', 'keyboard-interactive'])
  })

  it('by password never gives the password to a server that takes only keys', async () => {
    const server = await startFakeSsh({ methods: ['publickey'] })
    expect(await connectTo(server)).toMatchObject({ failure: { kind: 'login-refused', methodsOffered: ['publickey'] } })
    expect(server.authentications).toEqual(['none'])
  })

  it('by key asks for nothing else', async () => {
    const server = await startFakeSsh({ methods: ['publickey'] })
    const login = keyLogin(generateKeyPair().private)
    expect((await connectTo(server, { login })).ok).toBe(true)
    expect(new Set(server.authentications)).toEqual(new Set(['publickey']))
  })

  it('by a key that cannot be used fails before anything is dialled', async () => {
    const encrypted = generateKeyPair('p').private
    const server = await startFakeSsh()
    const outcomes = [
      await connectTo(server, { login: keyLogin('not a key') }),
      await connectTo(server, { login: keyLogin(encrypted) }),
      await connectTo(server, { login: keyLogin(encrypted, 'wrong') }),
    ]
    expect(outcomes.map((outcome) => !outcome.ok && outcome.failure)).toEqual(
      ['not-a-key', 'encrypted', 'passphrase-wrong'].map((reason) => ({
        kind: 'identity-unusable',
        file: 'private key',
        reason,
      })),
    )
    expect([readyLogin(keyLogin(encrypted, 'p')).ok, server.dials()]).toEqual([true, 0])
  })

  it('by an encrypted key opens it once, for all links and jump hosts it is for', async () => {
    const server = await startFakeSsh({ methods: ['publickey'], sessionLimit: 1 })
    const hop = await startFakeSsh({ methods: ['publickey'] })
    const login = keyLogin(generateKeyPair('p').private, 'p')
    const parsed = vi.spyOn(ssh2.utils, 'parseKey')
    onTestFinished(() => parsed.mockRestore())
    const verifyHostKey = () => ({ kind: 'accepted' }) as const
    const connected = await connectTo(server, { login, via: [{ address: hop.address, login, verifyHostKey }] })
    if (!connected.ok) throw new Error(JSON.stringify(connected.failure))
    const [slow, quick] = [command('sleep', '3'), command('true')]
    const calls = [slow, quick].map((one) => connected.value.run(one, { as: 'login', deadlineSeconds: 10 }))
    expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual([true, true])
    expect([server.dials(), hop.dials()]).toEqual([2, 2])
    expect(parsed.mock.calls.filter(([, passphrase]) => passphrase === 'p')).toHaveLength(2)
  })

  it('by an RSA key never signs with SHA-1', () => {
    const rsa = ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }).private
    const login = readyLogin(keyLogin(rsa))
    if (!login.ok) throw new Error('no login')
    const plan = planLogin('ops', login.value)
    const offered: { key?: { sign(data: Buffer, algorithm: string): unknown } }[] = []
    plan.handler(null, false, (method) => void offered.push(method as never))
    expect(offered[0]?.key?.sign(Buffer.from('x'), 'sha256')).toBeInstanceOf(Buffer)
    expect(plan.refusedAlgorithm()).toBeUndefined()
    expect(offered[0]?.key?.sign(Buffer.from('x'), 'sha1')).toBeInstanceOf(Error)
    expect(plan.refusedAlgorithm()).toContain('SHA-1')
  })
})

describe('a server', () => {
  it('that is not there is unreachable: refused', async () => {
    const server = await startFakeSsh()
    const port = await closedPort()
    expect(await connectTo(server, { address: { ...server.address, port } })).toEqual({
      ok: false,
      failure: { kind: 'host-unreachable', host: '127.0.0.1', port, reason: 'refused' },
    })
  })

  it('whose name does not resolve is unresolved', async () => {
    const server = await startFakeSsh()
    const host = 'no-such-appliance.invalid'
    expect(await connectTo(server, { address: { ...server.address, host } })).toEqual({
      ok: false,
      failure: { kind: 'host-unresolved', host },
    })
  })

  it.each([
    ['connect', 'ssh handshake'],
    ['login', 'ssh login'],
  ] as const)('that falls silent at %s does not outlast the deadline', async (silentAt, what) => {
    const server = await startFakeSsh({ silentAt })
    const before = performance.now()
    expect(await connectTo(server, { deadlineSeconds: 0.4 })).toEqual({
      ok: false,
      failure: { kind: 'deadline-passed', what, seconds: 0.4 },
    })
    expect(performance.now() - before).toBeLessThan(1500)
    await expect.poll(server.openLinks).toBe(0)
  })

  it('with nothing but weak ciphers is refused with the reason', async () => {
    const server = await startFakeSsh({ ciphers: ['aes128-cbc', 'chacha20-poly1305@openssh.com'] })
    expect(await connectTo(server)).toMatchObject({
      failure: { kind: 'algorithms-refused', detail: expect.stringContaining('cipher') },
    })
    expect(server.authentications).toEqual([])
  })

  it('that is no SSH server is unreachable, not a crash', async () => {
    const front = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'.repeat(50)))
    front.listen(0, '127.0.0.1')
    await once(front, 'listening')
    onTestFinished(() => void front.close())
    const address = front.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const server = await startFakeSsh()
    const connected = await connectTo(server, { address: { ...server.address, port } })
    expect(connected).toMatchObject({ ok: false, failure: { kind: 'host-unreachable' } })
  })
})

describe('a link', () => {
  it.each(['channel', 'exec'] as const)(
    'to a server that is silent at %s keeps to the deadline of the call',
    async (silentAt) => {
      const { link } = await connectionTo({ silentAt })
      expect(await link.run(command('true'), { as: 'login', deadlineSeconds: 0.3 })).toEqual({
        ok: false,
        failure: { kind: 'deadline-passed', what: 'true', seconds: 0.3 },
      })
    },
  )

  it('that is cut ends every pending call at once', async () => {
    const { server, link } = await connectionTo()
    const stream = await link.stream(command('sleep', '30'), { as: 'login', deadlineSeconds: 5 })
    const pending = [
      link.run(command('sleep', '30'), { as: 'login', deadlineSeconds: 30 }),
      ...Array.from({ length: 12 }, () => link.run(command('sleep', '31'), { as: 'login', deadlineSeconds: 30 })),
    ]
    await expect.poll(() => server.lines.length).toBe(8)
    const before = performance.now()
    server.cut()
    const { host, port } = server.address
    const failure = { kind: 'link-lost', host, port, during: 'sleep' }
    expect(await Promise.all(pending)).toEqual(pending.map(() => ({ ok: false, failure })))
    expect(stream.ok && (await stream.value.ended)).toBeUndefined()
    expect(performance.now() - before).toBeLessThan(1000)
    expect(await link.run(command('true'), { as: 'login', deadlineSeconds: 5 })).toMatchObject({
      failure: { kind: 'link-lost', during: 'true' },
    })
    expect(await link.engine().listNetworks()).toMatchObject({ failure: { kind: 'link-lost' } })
  })

  it('that nobody answers any more is given up by its keepalive', async () => {
    const server = await startFakeSsh()
    const connected = await connectTo(server, { keepalive: { intervalSeconds: 0.1, count: 2 } })
    if (!connected.ok) throw new Error('not connected')
    server.freeze()
    const before = performance.now()
    const outcome = await connected.value.run(command('true'), { as: 'login', deadlineSeconds: 20 })
    expect(outcome).toMatchObject({ failure: { kind: 'link-lost' } })
    expect(performance.now() - before).toBeLessThan(3000)
  })

  it('leaves nothing open behind it', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name !== 'TCPServerWrap')
    const { server, link } = await connectionTo()
    await link.run(command('true'), { as: 'login', deadlineSeconds: 5 })
    const stream = await link.stream(command('sleep', '30'), { as: 'login', deadlineSeconds: 5 })
    await link.close()
    expect(stream.ok && (await stream.value.ended)).toBeUndefined()
    await expect.poll(server.openLinks).toBe(0)
    const after = () => process.getActiveResourcesInfo().filter((name) => name !== 'TCPServerWrap')
    await expect.poll(() => after().length).toBeLessThanOrEqual(before.length)
    await link.close()
  })

  it('never shows its secrets when it is printed', () => {
    expect(JSON.stringify(password(fakePassword))).not.toContain(fakePassword)
  })
})
