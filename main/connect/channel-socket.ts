// Something that carries bytes to an appliance, in the shape that node:http and the SSH inside a jump host's channel
// count on: a Duplex that can be destroyed, says so, and has the socket methods they call.
import { Duplex } from 'node:stream'

export type Carrier = {
  /** `done` when the bytes have left. */
  write(bytes: Buffer, done: () => void): void
  endInput(): void
  resume(): void
  close(): void
}

export function socketOn(carrier: Carrier): Duplex {
  const duplex = new Duplex({
    allowHalfOpen: false,
    read: () => carrier.resume(),
    write: (bytes: Buffer, _encoding, done) => carrier.write(bytes, () => done()),
    final: (done) => {
      carrier.endInput()
      done()
    },
    destroy: (error, done) => {
      carrier.close()
      done(error)
    },
  })
  const self = () => duplex
  // node:http calls these on what it takes for a TCP socket.
  return Object.assign(duplex, { setKeepAlive: self, setNoDelay: self, setTimeout: self, ref: self, unref: self })
}

/** A socket that rests in an agent's pool has no reader, so nobody would notice its end. */
export function endOf(socket: Duplex): void {
  if (socket.destroyed) return
  socket.push(null)
  if (socket.readableLength === 0) socket.resume()
}

/** Over a channel of ssh2, which ends without saying what becomes of bytes that were not taken any more. */
export function channelSocket(channel: Duplex): Duplex {
  const socket = socketOn({
    write: (bytes, done) => void channel.write(bytes, done),
    endInput: () => void channel.end(),
    resume: () => void channel.resume(),
    close: () => {
      channel.resume()
      channel.destroy()
    },
  })
  channel.on('data', (bytes: Buffer) => {
    if (!socket.destroyed && !socket.push(bytes)) channel.pause()
  })
  channel.once('end', () => endOf(socket))
  // Bytes that wait for a window that never opens must not keep it; bytes that came and were not read yet still count.
  channel.once('close', () => {
    if (socket.readableEnded) socket.destroy()
    else socket.once('end', () => socket.destroy())
  })
  channel.on('error', () => socket.destroy())
  return socket
}
