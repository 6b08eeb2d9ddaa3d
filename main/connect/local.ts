// This machine is the appliance: the same scripts under the same lease, started by execa instead of a
// remote sshd. The only importer of execa.
import { connect as connectSocket } from 'node:net'
import { execa } from 'execa'
import type { Connection } from '../../shared/domain/connection.ts'
import { ok } from '../../shared/domain/failure.ts'
import type { ForwardOpening, Link, ProcessChannel } from './link.ts'
import { connectionOver } from './link-connection.ts'

/** `user` is who runs this process: root needs no sudo. */
export function connectLocal(user: string): Connection {
  return connectionOver(localLink(user), async () => ok(localLink(user)))
}

function localLink(user: string): Link {
  const address = { host: 'localhost', port: 22, user }
  const open = new Set<ProcessChannel>()
  return {
    address,
    // Nothing lies between us and this machine that could be lost.
    onLost: () => () => undefined,
    lostFailure: (during) => ({ kind: 'link-lost', host: address.host, port: address.port, during }),
    openProcess: async (line) => {
      const channel = startLine(line)
      open.add(channel)
      channel.onClose(() => open.delete(channel))
      return { kind: 'open', channel }
    },
    openForward,
    close: async () => {
      for (const channel of open) channel.close()
    },
  }
}

/** In a process group of its own, as sshd would give it: the lease ends the whole group. */
function startLine(line: string): ProcessChannel {
  const child = execa('/bin/sh', ['-c', line], {
    detached: true,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    reject: false,
    encoding: 'buffer',
  })
  return {
    input: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    onExit: (listener) => void child.once('exit', (code) => listener(code ?? undefined)),
    onClose: (listener) => void child.once('close', listener),
    close: () => {
      child.stdout.resume()
      child.stderr.resume()
      // End of input ends the lease, and with it everything the line started.
      child.stdin.end()
    },
  }
}

function openForward(port: number): Promise<ForwardOpening> {
  return new Promise((resolve) => {
    const socket = connectSocket({ host: '127.0.0.1', port })
    socket.once('connect', () => resolve({ kind: 'open', stream: socket }))
    socket.once('error', (error) => resolve({ kind: 'failed', detail: error.message }))
  })
}
