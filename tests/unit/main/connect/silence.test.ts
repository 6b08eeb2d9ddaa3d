// Servers that fall silent, drip, flood or talk nonsense at each point of the protocol: every call ends by its
// deadline with a failure that says what was waited for, and leaves no socket and no timer (P8).

import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { command } from '../../../../shared/domain/command.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import type { Failure, Result } from '../../../../shared/domain/failure.ts'
import { connectTo, type FakeSsh, type FakeSshOptions, startFakeSsh } from '../../../support/fake-ssh-server.ts'
import {
  handshakePackets,
  identification,
  keyExchangeInit,
  passUpTo,
  type RawServer,
  startRawServer,
} from '../../../support/raw-ssh-server.ts'

const deadlineSeconds = 0.4
/** Slow machines run late, never early. */
const atMostMilliseconds = 1500

/** Sockets and timers that keep this process alive now. */
function held(): Record<string, number> {
  const counts: Record<string, number> = { Timeout: 0, TCPSocketWrap: 0 }
  for (const kind of process.getActiveResourcesInfo()) if (kind in counts) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

async function nothingLeft(before: Record<string, number>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (Object.entries(held()).every(([kind, count]) => count <= (before[kind] ?? 0))) return
    await pause(20)
  }
  expect(held()).toEqual(before)
}

async function timed<T>(call: Promise<Result<T>>): Promise<Failure> {
  const began = performance.now()
  const result = await call
  expect(performance.now() - began).toBeLessThan(atMostMilliseconds)
  if (result.ok) throw new Error('it came up')
  return result.failure
}

/** Dials a raw server as if it were a whole one. */
async function dial(server: RawServer): Promise<Result<Connection>> {
  return connectTo({ address: server.address } as FakeSsh, { deadlineSeconds })
}

const offer = keyExchangeInit([
  ['curve25519-sha256'],
  ['ssh-ed25519'],
  ['aes128-ctr'],
  ['aes128-ctr'],
  ['hmac-sha2-256'],
  ['hmac-sha2-256'],
  ['none'],
  ['none'],
])

/** Ends with its socket: the test's own timers must not look like leaks. */
function drip(socket: Socket, bytes: Buffer): void {
  let at = 0
  const timer = setInterval(() => socket.write(bytes.subarray(at, ++at)), 10)
  socket.once('close', () => clearInterval(timer))
}

function flood(socket: Socket, bytes: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes));
  }
  socket.on('drain', more)
  more()
}

const handshakes: [point: string, onSocket: (socket: Socket) => void][] = [
  ['after TCP accept', (socket) => socket.resume()],
  ['inside its identification', (socket) => socket.resume().write('SSH-2.0-Op')],
  ['after its identification', (socket) => socket.resume().write(identification)],
  [
    'inside its KEXINIT',
    (socket) => socket.resume().write(Buffer.concat([Buffer.from(identification), offer.subarray(0, 60)])),
  ],
  [
    'after its KEXINIT, when our key exchange is under way',
    (socket) => socket.resume().write(Buffer.concat([Buffer.from(identification), offer])),
  ],
  ['never, but drips a greeting byte by byte', (socket) => drip(socket.resume(), Buffer.alloc(10_000, 'x'))],
  [
    'never, but drips its KEXINIT byte by byte',
    (socket) => {
      socket.resume().write(identification)
      drip(socket, offer)
    },
  ],
]

describe('a server that falls silent', () => {
  it.each(handshakes)('%s does not outlast the deadline, and nothing is left', async (_point, onSocket) => {
    const server = await startRawServer(onSocket)
    const before = held()
    expect(await timed(dial(server))).toEqual({
      kind: 'deadline-passed',
      what: 'ssh handshake',
      seconds: deadlineSeconds,
    })
    await expect.poll(server.openSockets).toBe(0)
    await nothingLeft(before)
  })

  it.each([
    ['after its KEXINIT', handshakePackets.keyExchangeInit, 'ssh handshake'],
    ['after its key exchange reply', handshakePackets.keyExchangeReply, 'ssh handshake'],
    ['after NEWKEYS, at the service request', handshakePackets.newKeys, 'ssh login'],
  ] as const)('%s does not outlast the deadline, and nothing is left', async (_point, lastPacket, what) => {
    const whole = await startFakeSsh()
    const server = await passUpTo(whole.address.port, lastPacket)
    const before = held()
    expect(await timed(dial(server))).toEqual({ kind: 'deadline-passed', what, seconds: deadlineSeconds })
    await expect.poll(server.openSockets).toBe(0)
    await expect.poll(whole.openLinks).toBe(0)
    await nothingLeft(before)
  })
})

describe('a server that floods or talks nonsense', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['a greeting without end', (socket) => flood(socket.resume(), Buffer.alloc(64 * 1024, 'line of a greeting\r\n'))],
    ['a greeting line without end', (socket) => flood(socket.resume(), Buffer.alloc(64 * 1024, 'x'))],
    [
      'a packet of 4 GB',
      (socket) => socket.resume().write(Buffer.concat([Buffer.from(identification), Buffer.alloc(64 * 1024, 0xff)])),
    ],
    [
      'zeros for packets',
      (socket) => flood(socket.resume(), Buffer.concat([Buffer.from(identification), Buffer.alloc(64 * 1024)])),
    ],
    ['HTTP', (socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('(%s) is given up at once or at the deadline, in bounded memory', async (_what, onSocket) => {
    const server = await startRawServer(onSocket)
    const before = held()
    const heap = process.memoryUsage()
    const failure = await timed(dial(server))
    expect(['host-unreachable', 'deadline-passed']).toContain(failure.kind)
    const after = process.memoryUsage()
    expect(after.arrayBuffers - heap.arrayBuffers).toBeLessThan(48 * 1024 * 1024)
    await expect.poll(server.openSockets).toBe(0)
    await nothingLeft(before)
  })
})

type Act = (link: Connection) => Promise<Result<unknown>>
const runTrue: Act = (link) => link.run(command('true'), { as: 'login', deadlineSeconds })
const runWithInput: Act = (link) =>
  link.run(command('cat'), { as: 'login', deadlineSeconds, stdin: new Uint8Array(8 * 1024 * 1024) })

/** The start marker of a lease, from the opening that the work comes with. */
const markerIn = (opening: string) => /rackside-start [0-9a-f-]{36}/.exec(opening)?.[0] ?? ''

const calls: [point: string, act: Act, options: FakeSshOptions, what: string][] = [
  ['at the opening of a channel', runTrue, { silentAt: 'channel' }, 'true'],
  ['at the request of a command', runTrue, { silentAt: 'exec' }, 'true'],
  ['before the start of the command', runTrue, { onExec: (_line, channel) => void channel.resume() }, 'true'],
  [
    'inside the output of a command',
    runTrue,
    {
      onExec: (_line, channel) => {
        channel.once('data', (bytes: Buffer) => channel.write(`${markerIn(bytes.toString())}\nhalf a li`))
      },
    },
    'true',
  ],
  ['with its window exhausted', runWithInput, { onExec: (_line, channel) => void channel.pause() }, 'cat'],
  [
    'at the start of a stream',
    (link) => link.stream(command('sleep', '9'), { as: 'login', deadlineSeconds }),
    { silentAt: 'exec' },
    'sleep',
  ],
  [
    'at the opening of a forwarded port',
    (link) => link.http({ port: 9, method: 'GET', path: '/', deadlineSeconds }),
    { silentAt: 'forward' },
    'http 127.0.0.1:9',
  ],
]

describe('a server that lets us in and then falls silent', () => {
  it.each(calls)('%s does not outlast the deadline, and nothing is left', async (_point, act, options, what) => {
    const server = await startFakeSsh(options)
    const before = held()
    const connected = await connectTo(server)
    if (!connected.ok) throw new Error(connected.failure.kind)
    expect(await timed(act(connected.value))).toEqual({ kind: 'deadline-passed', what, seconds: deadlineSeconds })
    await connected.value.close()
    await expect.poll(server.openLinks).toBe(0)
    await nothingLeft(before)
  })

  it('after an exit status, without ever closing the channel, has answered all the same', async () => {
    const server = await startFakeSsh({
      onExec: (_line, channel) => {
        channel.once('data', (bytes: Buffer) => {
          const marker = markerIn(bytes.toString())
          channel.write(`${marker}\nwhole\n`)
          channel.exit(0)
        })
      },
    })
    const connected = await connectTo(server)
    if (!connected.ok) throw new Error(connected.failure.kind)
    const ran = await connected.value.run(command('true'), { as: 'login', deadlineSeconds: 5 })
    expect(ran).toMatchObject({ ok: true, value: { exitCode: 0, stdout: 'whole\n' } })
  })

  it.each([
    ['frozen', (server: FakeSsh) => server.freeze()],
    ['in a key exchange that it began and never ends', (server: FakeSsh) => server.freezeInRekey()],
  ])('%s: a call keeps to its deadline, and the link is given up', async (_how, stop) => {
    const server = await startFakeSsh()
    const before = held()
    const keepalive = { intervalSeconds: 0.2, count: 2 }
    const connected = await connectTo(server, { keepalive })
    if (!connected.ok) throw new Error(connected.failure.kind)
    stop(server)
    const short = connected.value.run(command('true'), { as: 'login', deadlineSeconds: 0.2 })
    const long = connected.value.run(command('true'), { as: 'login', deadlineSeconds: 20 })
    expect(await timed(short)).toMatchObject({ kind: 'deadline-passed', seconds: 0.2 })
    expect(await timed(long)).toMatchObject({ kind: 'link-lost' })
    await connected.value.close()
    await nothingLeft(before)
  })

  it('at its close does not hold us longer than a second', async () => {
    const server = await startFakeSsh()
    const before = held()
    const connected = await connectTo(server)
    if (!connected.ok) throw new Error(connected.failure.kind)
    server.freeze()
    const began = performance.now()
    await connected.value.close()
    expect(performance.now() - began).toBeLessThan(atMostMilliseconds)
    await nothingLeft(before)
  })

  it('that breaks off in the middle of a packet is a lost link, not a hang', async () => {
    const server = await startFakeSsh()
    const connected = await connectTo(server)
    if (!connected.ok) throw new Error(connected.failure.kind)
    const running = connected.value.run(command('sleep', '9'), { as: 'login', deadlineSeconds: 20 })
    await expect.poll(() => server.lines.length).toBe(1)
    server.say(Buffer.alloc(7, 1))
    server.cut()
    expect(await timed(running)).toMatchObject({ kind: 'link-lost' })
  })

  it('and sends garbage instead of packets is a lost link', async () => {
    const server = await startFakeSsh()
    const connected = await connectTo(server)
    if (!connected.ok) throw new Error(connected.failure.kind)
    const running = connected.value.run(command('sleep', '9'), { as: 'login', deadlineSeconds: 20 })
    await expect.poll(() => server.lines.length).toBe(1)
    server.say(Buffer.alloc(64 * 1024, 0xa5))
    expect(await timed(running)).toMatchObject({ kind: 'link-lost' })
    await expect.poll(server.openLinks).toBe(0)
  })
})
