import ssh2 from 'ssh2'
import { describe, expect, it } from 'vitest'
import type { ConnectStage } from '../../../../main/connect/ssh.ts'
import { planLogin, readyLogin } from '../../../../main/connect/ssh-login.ts'
import { Secret } from '../../../../shared/domain/command.ts'
import { connectTo, fakeHostKey, startFakeSsh } from '../../../support/fake-ssh-server.ts'
import {
  identification,
  keyExchangeInit,
  type NameLists,
  nameListsIn,
  packet,
  startRawServer,
} from '../../../support/raw-ssh-server.ts'

const strongOnTheWire = {
  exchange: [
    'curve25519-sha256',
    'curve25519-sha256@libssh.org',
    'ecdh-sha2-nistp256',
    'ecdh-sha2-nistp384',
    'ecdh-sha2-nistp521',
  ],
  markers: ['ext-info-c', 'kex-strict-c-v00@openssh.com'],
  hostKey: [
    'ssh-ed25519',
    'ecdsa-sha2-nistp256',
    'ecdsa-sha2-nistp384',
    'ecdsa-sha2-nistp521',
    'rsa-sha2-512',
    'rsa-sha2-256',
  ],
  cipher: [
    'aes128-gcm@openssh.com',
    'aes256-gcm@openssh.com',
    'aes128-gcm',
    'aes256-gcm',
    'aes128-ctr',
    'aes192-ctr',
    'aes256-ctr',
  ],
  mac: ['hmac-sha2-256-etm@openssh.com', 'hmac-sha2-512-etm@openssh.com', 'hmac-sha2-256', 'hmac-sha2-512'],
}

/** What a client with these options sends to a server that says nothing but its name. */
async function offeredWith(options: { weakAlgorithms?: boolean; pinnedKeyTypes?: string[] }): Promise<NameLists> {
  let sent = Buffer.alloc(0)
  const server = await startRawServer((socket) => {
    socket.write(identification)
    socket.on('data', (bytes) => {
      sent = Buffer.concat([sent, bytes])
      if (nameListsIn(sent) !== undefined) socket.destroy()
    })
  })
  const fake = { ...(await startFakeSsh()), address: server.address }
  await connectTo(fake, options)
  return nameListsIn(sent) ?? []
}

/** A server with these name lists for exchange, host key, cipher and MAC, and nothing behind them. */
async function refusedBy(lists: [string[], string[], string[], string[]], weakAlgorithms = false) {
  const [exchange, hostKey, cipher, mac] = lists
  const server = await startRawServer((socket) => {
    socket.resume()
    socket.write(identification)
    socket.write(keyExchangeInit([exchange, hostKey, cipher, cipher, mac, mac, ['none'], ['none']]))
  })
  const fake = { ...(await startFakeSsh()), address: server.address }
  return connectTo(fake, { weakAlgorithms, deadlineSeconds: 2 })
}

const { exchange, markers, hostKey, cipher, mac } = strongOnTheWire

describe('what we offer on the wire', () => {
  it('is exactly this: no SHA-1, no CBC, no chacha20, with the markers of strict key exchange and ext-info (P6)', async () => {
    const lists = await offeredWith({})
    expect(lists).toEqual([[...exchange, ...markers], hostKey, cipher, cipher, mac, mac, ['none'], ['none'], [], []])
    // Never offered, so no strict key exchange is needed to make it safe (Terrapin).
    expect(lists.flat().join()).not.toMatch(/chacha20|cbc|sha1|ssh-rsa|ssh-dss|md5|3des|arcfour/)
  })

  it('has weak ones behind the strong ones for an appliance that was opted in, and never the broken ones (P6)', async () => {
    const lists = await offeredWith({ weakAlgorithms: true })
    const weakExchange = [
      'diffie-hellman-group16-sha512',
      'diffie-hellman-group14-sha256',
      'diffie-hellman-group-exchange-sha256',
      'diffie-hellman-group14-sha1',
      'diffie-hellman-group-exchange-sha1',
    ]
    const ciphers = [...cipher, 'aes256-cbc', 'aes192-cbc', 'aes128-cbc']
    const macs = [...mac, 'hmac-sha1-etm@openssh.com', 'hmac-sha1']
    expect(lists.slice(0, 6)).toEqual([
      [...exchange, ...weakExchange, ...markers],
      [...hostKey, 'ssh-rsa'],
      ciphers,
      ciphers,
      macs,
      macs,
    ])
    expect(lists.flat().join()).not.toMatch(/chacha20|group1-|ssh-dss|md5|3des|arcfour|-96/)
  })
})

describe('a server that has only weak algorithms', () => {
  it('is refused with what it has, part by part, and with the word that the opt-in would help (P6)', async () => {
    const lists: [string[], string[], string[], string[]] = [
      ['diffie-hellman-group14-sha1', 'kex-strict-s-v00@openssh.com'],
      ['ssh-rsa'],
      ['aes128-cbc', '3des-cbc'],
      ['hmac-sha1', 'hmac-md5'],
    ]
    const refused = await refusedBy(lists)
    expect(refused).toMatchObject({
      failure: {
        kind: 'algorithms-refused',
        detail:
          'kex: diffie-hellman-group14-sha1; host key: ssh-rsa; cipher: aes128-cbc, 3des-cbc; mac: hmac-sha1, hmac-md5',
        kex: ['diffie-hellman-group14-sha1'],
        hostKey: ['ssh-rsa'],
        cipher: ['aes128-cbc', '3des-cbc'],
        mac: ['hmac-sha1', 'hmac-md5'],
        weakWouldDo: true,
      },
    })
  })

  it('is not said to be helped by the opt-in where that has no match either (P6)', async () => {
    const broken = await refusedBy([['diffie-hellman-group1-sha1'], ['ssh-dss'], ['arcfour'], ['hmac-md5']])
    expect(broken).toMatchObject({ failure: { kind: 'algorithms-refused', weakWouldDo: false } })
    const still = await refusedBy([['diffie-hellman-group1-sha1'], ['ssh-dss'], ['arcfour'], ['hmac-md5']], true)
    expect(still).toMatchObject({ failure: { kind: 'algorithms-refused', weakWouldDo: false } })
  })

  it('can put neither control characters nor a book into the failure (P45)', async () => {
    const many = Array.from({ length: 500 }, (_, at) => `x-${at}`)
    const refused = await refusedBy([['evil\u001b]52;c;AAAA\u0007', 'ok\n', ...many], ['ssh-dss'], ['arcfour'], ['x']])
    expect(refused).toMatchObject({ failure: { kind: 'algorithms-refused', hostKey: ['ssh-dss'] } })
    const failure = refused.ok ? undefined : refused.failure
    expect(JSON.stringify(failure)).not.toMatch(/evil|ok\\n|\\u00/)
    expect(failure?.kind === 'algorithms-refused' && failure.kex.length).toBeLessThanOrEqual(40)
  })

  it('that talks nonsense in its first packet is no crash', async () => {
    const server = await startRawServer((socket) => {
      socket.resume()
      socket.write(identification)
      socket.write(packet(Buffer.from([20, 1, 2, 3])))
    })
    const fake = { ...(await startFakeSsh()), address: server.address }
    expect(await connectTo(fake, { deadlineSeconds: 2 })).toMatchObject({ ok: false })
    await expect.poll(server.openSockets).toBe(0)
  })

  it('comes up where a person opted in, and the link says which weak ones it uses (P6)', async () => {
    const rsa = ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }).private
    const server = await startFakeSsh({
      hostKeys: [rsa],
      ciphers: ['aes128-cbc'],
      algorithms: { kex: ['diffie-hellman-group14-sha1'], serverHostKey: ['ssh-rsa'], hmac: ['hmac-sha1'] },
    })
    expect(await connectTo(server)).toMatchObject({ failure: { kind: 'algorithms-refused', weakWouldDo: true } })
    const stages: ConnectStage[] = []
    const connected = await connectTo(server, { weakAlgorithms: true, onStage: (stage) => stages.push(stage) })
    expect(connected.ok).toBe(true)
    const weak = ['diffie-hellman-group14-sha1', 'ssh-rsa', 'aes128-cbc', 'hmac-sha1']
    expect(stages).toEqual([
      { kind: 'connected' },
      { kind: 'key-accepted', offered: { type: 'ssh-rsa', blob: server.hostKeyBlob } },
      { kind: 'agreed', algorithms: weak, weak },
      { kind: 'logged-in', method: 'password' },
    ])
  })
})

describe('an opted-in appliance with strong algorithms', () => {
  it('gets the strong ones', async () => {
    const server = await startFakeSsh({ hostKeys: [fakeHostKey] })
    const stages: ConnectStage[] = []
    await connectTo(server, { weakAlgorithms: true, onStage: (stage) => stages.push(stage) })
    expect(stages.find((stage) => stage.kind === 'agreed')).toMatchObject({ weak: [] })
  })
})

describe('an RSA key on a server that knows only SHA-1 signatures', () => {
  const privateKey = new Secret(ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }).private)
  const login = readyLogin({ kind: 'key', privateKey })

  function signsWithSha1(weakAlgorithms: boolean): boolean {
    if (!login.ok) throw new Error('no login')
    let signed: unknown
    planLogin('ops', login.value, weakAlgorithms).handler(null, false, (method) => {
      const { key } = method as unknown as { key: { sign(data: Buffer, algorithm?: string): unknown } }
      signed = key.sign(Buffer.from('data'))
    })
    return Buffer.isBuffer(signed)
  }

  it('signs only where a person opted in (P6), whoever else logs in with the same key', () => {
    expect([signsWithSha1(false), signsWithSha1(true), signsWithSha1(false)]).toEqual([false, true, false])
  })
})
