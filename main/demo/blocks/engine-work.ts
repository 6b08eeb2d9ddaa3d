// `docker system dial-stdio` on the simulated machine: the lease's bytes become a socket of the engine's API.
import { createServer } from 'node:http'
import { Duplex } from 'node:stream'
import { engineRequests } from '../engine/engine-api.ts'
import type { Machine } from '../machine.ts'
import { aborted, type Work, type Worker } from './work.ts'

export function engineWorker(machine: Machine): Worker<'engine-dial'> {
  const server = createServer(engineRequests(machine))
  return async (work) => {
    const socket = socketOf(work)
    const closed = new Promise<void>((resolve) => socket.once('close', resolve))
    // Node's server takes any stream for a connection; nobody has to listen.
    server.emit('connection', socket)
    await Promise.race([closed, aborted(work.signal)])
    socket.destroy()
    return 0
  }
}

function socketOf({ input, write }: Pick<Work, 'input' | 'write'>): Duplex {
  const bytes = input[Symbol.asyncIterator]()
  return new Duplex({
    // One that the other side has ended is answered to its end, then closed.
    allowHalfOpen: false,
    read() {
      bytes.next().then(
        ({ done, value }) => this.push(done === true ? null : value),
        (error: Error) => this.destroy(error),
      )
    },
    write(piece: Uint8Array, _encoding, done) {
      void write(piece).then(() => done())
    },
  })
}
