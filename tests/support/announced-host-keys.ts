// A fake server that announces its host keys as OpenSSH does (hostkeys-00), with proofs that can be wrong. ssh2's
// Server has no word for it, so this reaches into its protocol.
import { createRequire } from 'node:module'
import ssh2, { type Connection } from 'ssh2'

type Protocol = {
  readonly _kex: { readonly sessionID: Buffer }
  readonly _packetRW: { readonly write: { allocStart: number; alloc(n: number): Buffer; finalize(b: Buffer): Buffer } }
  readonly _handlers: { GLOBAL_REQUEST: (p: Protocol, name: string, reply: boolean, data: Buffer) => void }
  requestSuccess(data: Buffer): void
  requestFailure(): void
}

const load = createRequire(import.meta.url)
const { sendPacket } = load('ssh2/lib/protocol/utils.js') as { sendPacket: (p: Protocol, packet: Buffer) => void }

export type Announced = { readonly privateKey: string; readonly proof: 'good' | 'bad' | 'of-another-session' }

/** `refused`: the server does not prove anything. */
export function announce(client: Connection, keys: readonly Announced[], refused = false): void {
  const protocol = (client as unknown as { _protocol: Protocol })._protocol
  const others = protocol._handlers.GLOBAL_REQUEST
  protocol._handlers.GLOBAL_REQUEST = (p, name, reply, data) => {
    if (name !== 'hostkeys-prove-00@openssh.com') return others(p, name, reply, data)
    if (refused) return p.requestFailure()
    p.requestSuccess(Buffer.concat(keys.map((key) => proofOf(key, p._kex.sessionID))))
  }
  const blobs = keys.map(({ privateKey }) => text(parsed(privateKey).getPublicSSH()))
  const payload = Buffer.concat([Buffer.from([80]), text('hostkeys-00@openssh.com'), Buffer.from([0]), ...blobs])
  const { write } = protocol._packetRW
  const packet = write.alloc(payload.length)
  packet.set(payload, write.allocStart)
  sendPacket(protocol, write.finalize(packet))
}

function proofOf({ privateKey, proof }: Announced, sessionId: Buffer): Buffer {
  const key = parsed(privateKey)
  const session = proof === 'of-another-session' ? Buffer.alloc(sessionId.length, 7) : sessionId
  const signed = Buffer.concat([text('hostkeys-prove-00@openssh.com'), text(session), text(key.getPublicSSH())])
  const signature = Buffer.from(key.sign(signed))
  if (proof === 'bad') signature.writeUInt8(signature.readUInt8(9) ^ 1, 9)
  return text(Buffer.concat([text(key.type), text(signature)]))
}

function parsed(privateKey: string) {
  const key = ssh2.utils.parseKey(privateKey)
  if (key instanceof Error) throw key
  return key
}

/** RFC 4251's string. */
function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value as string)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
