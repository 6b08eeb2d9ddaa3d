// The simulated loopback: a stream to a port reaches the service that listens there, without a port of this computer.
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Machine } from '../machine.ts'
import { serviceAt } from './service-at.ts'

export type ServiceDial = {
  /** Undefined: nobody listens on that port now. */
  dial(port: number): ((stream: Duplex) => void) | undefined
}

export function serviceDial(machine: Machine): ServiceDial {
  const ports = new WeakMap<object, number>()
  const server = createServer((request, response) => {
    const answer = serviceAt(machine, ports.get(request.socket) ?? 0)
    // It ended since the stream was opened.
    if (answer === undefined) request.socket.destroy()
    else answer(request, response)
  })
  return {
    dial(port) {
      if (serviceAt(machine, port) === undefined) return undefined
      return (stream) => {
        ports.set(stream, port)
        server.emit('connection', stream)
      }
    },
  }
}
