// A server made of bytes, for what ssh2's own server never does: it says exactly what a test wants to be said
// before a handshake, and stops in the middle of one.
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Address } from '../../shared/domain/appliance.ts'

export type RawServer = { readonly address: Address; openSockets(): number }

export async function startRawServer(onSocket: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    onSocket(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  const { port } = server.address() as AddressInfo
  return { address: { host: '127.0.0.1', port, user: 'ops' }, openSockets: () => sockets.size }
}

export const identification = 'SSH-2.0-OpenSSH_9.2p1\r\n'

/** The ten name lists of a KEXINIT (RFC 4253, 7.1): exchange, host key, ciphers, MACs, compression, languages. */
export type NameLists = readonly (readonly string[])[]

/** The first packet of a server, from its name lists. */
export function keyExchangeInit(lists: NameLists): Buffer {
  const texts = Array.from({ length: 10 }, (_, at) => Buffer.from((lists[at] ?? []).join(',')))
  const named = texts.flatMap((text) => [uint32(text.length), text])
  return packet(Buffer.concat([Buffer.from([20]), Buffer.alloc(16, 7), ...named, Buffer.alloc(5)]))
}

export function packet(payload: Uint8Array): Buffer {
  const padding = 8 - ((payload.length + 5) % 8) + 8
  return Buffer.concat([uint32(payload.length + padding + 1), Buffer.from([padding]), payload, Buffer.alloc(padding)])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** The name lists in what a client has sent; undefined while its first packet is not complete. */
export function nameListsIn(sent: Buffer): string[][] | undefined {
  const at = sent.indexOf('\r\n') + 2
  if (at < 2 || sent.length < at + 4 || sent.length < at + 4 + sent.readUInt32BE(at)) return undefined
  const lists: string[][] = []
  for (let from = at + 5 + 17; lists.length < 10; ) {
    const length = sent.readUInt32BE(from)
    lists.push(
      sent
        .toString('latin1', from + 4, from + 4 + length)
        .split(',')
        .filter(Boolean),
    )
    from += 4 + length
  }
  return lists
}

/** Message numbers of the packets that a server sends before everything is encrypted. */
export const handshakePackets = { keyExchangeInit: 20, keyExchangeReply: 31, newKeys: 21 } as const

/** In front of another server: passes everything on, but of its answers nothing behind the first packet of this number. */
export function passUpTo(port: number, lastPacket: number): Promise<RawServer> {
  return startRawServer((socket) => {
    const inner = connect({ host: '127.0.0.1', port })
    inner.on('error', () => undefined)
    socket.pipe(inner)
    socket.once('close', () => inner.destroy())
    let held = Buffer.alloc(0)
    let identified = false
    let passing = true
    inner.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes])
      while (passing) {
        const end = identified ? packetEnd(held) : held.indexOf(10) + 1
        if (end <= 0) return
        if (identified && held[5] === lastPacket) passing = false
        identified = true
        socket.write(held.subarray(0, end))
        held = held.subarray(end)
      }
    })
  })
}

function packetEnd(bytes: Buffer): number {
  const end = bytes.length < 6 ? 0 : 4 + bytes.readUInt32BE(0)
  return bytes.length < end ? 0 : end
}
