// An authenticated client of ssh2 as a link: lines in the login shell, ports of the loopback, and one word when it is
// gone, whatever ssh2 reports and in whichever order.
import { constants } from 'node:os'
import type { Duplex } from 'node:stream'
import type { ClientChannel } from 'ssh2'
import type { Address } from '../../shared/domain/appliance.ts'
import type { TerminalSize } from '../../shared/domain/terminal.ts'
import type { ChannelOpening, ForwardOpening, Link, ProcessChannel, ShellOpening } from './link.ts'

/** RFC 4254, 5.1: the server will not open this for us, now or later. */
const administrativelyProhibited = 1

/** What is used of ssh2's client once it has logged in; ssh.ts alone makes one. */
type LoggedInClient = {
  once(event: 'error' | 'close', listener: () => void): unknown
  exec(line: string, options: never, done: (error: Error | undefined, channel: ClientChannel) => void): unknown
  shell(
    window: { term: string; cols: number; rows: number; width: number; height: number },
    done: (error: Error | undefined, channel: ClientChannel) => void,
  ): unknown
  forwardOut(
    fromHost: string,
    fromPort: number,
    host: string,
    port: number,
    done: (error: Error | undefined, stream: ClientChannel) => void,
  ): unknown
  end(): unknown
}

export function linkOver(client: LoggedInClient, socket: Duplex, address: Address): Link {
  const listeners = new Set<() => void>()
  let lost = false
  const lose = (): void => {
    lost = true
    socket.destroy()
    for (const listener of [...listeners]) listener()
    listeners.clear()
  }
  client.once('error', lose)
  client.once('close', lose)
  return {
    address,
    onLost: (listener) => {
      if (lost) listener()
      else listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    lostFailure: (during) => ({ kind: 'link-lost', host: address.host, port: address.port, during }),
    openProcess: (line) => openProcess(client, line),
    openShell: (size) => openShell(client, size),
    openForward: (port, host = '127.0.0.1') => openForward(client, host, port),
    close: () => closeClient(client, socket),
  }
}

function openProcess(client: LoggedInClient, line: string): Promise<ChannelOpening> {
  return new Promise((resolve) => {
    try {
      client.exec(line, { allowHalfOpen: true } as never, (error, channel) => {
        resolve(error ? notOpened(error) : { kind: 'open', channel: processChannel(channel) })
      })
    } catch {
      // Not connected any more: the call hears of it through onLost.
    }
  })
}

function notOpened(error: Error): { kind: 'busy' } | { kind: 'refused'; detail: string } {
  const reason = openFailureReason(error)
  const refused = reason === undefined || reason === administrativelyProhibited
  return refused ? { kind: 'refused', detail: error.message } : { kind: 'busy' }
}

/** Of this computer's environment nothing goes with it. */
function openShell(client: LoggedInClient, { columns: cols, rows }: TerminalSize): Promise<ShellOpening> {
  return new Promise((resolve) => {
    try {
      client.shell({ term: 'xterm-256color', cols, rows, width: 0, height: 0 }, (error, channel) => {
        if (error) return resolve(notOpened(error))
        const resize = (size: TerminalSize) => void channel.setWindow(size.rows, size.columns, 0, 0)
        resolve({ kind: 'open', channel: { ...processChannel(channel), resize } })
      })
    } catch {
      // As above.
    }
  })
}

function openForward(client: LoggedInClient, host: string, port: number): Promise<ForwardOpening> {
  return new Promise((resolve) => {
    try {
      client.forwardOut('127.0.0.1', 0, host, port, (error, stream) => {
        if (!error) return resolve({ kind: 'open', stream })
        const prohibited = openFailureReason(error) === administrativelyProhibited
        resolve(prohibited ? { kind: 'prohibited' } : { kind: 'failed', detail: error.message })
      })
    } catch {
      // As above.
    }
  })
}

function openFailureReason(error: Error): number | undefined {
  return 'reason' in error && typeof error.reason === 'number' ? error.reason : undefined
}

/** An exit may arrive in the same packet as the opening, before anybody can listen: it is kept for whoever asks. */
function processChannel(channel: ClientChannel): ProcessChannel {
  const exited = new Promise<number>((resolve) => {
    channel.once('exit', (code: number | null, signal?: string) => resolve(code ?? signalCode(signal)))
  })
  const closed = new Promise<void>((resolve) => {
    channel.once('close', () => resolve())
  })
  return {
    input: channel,
    stdout: channel,
    stderr: channel.stderr,
    onExit: (listener) => void exited.then(listener),
    onClose: (listener) => void closed.then(listener),
    close: () => {
      // ssh2 reports the close only after everything was read.
      channel.resume()
      channel.stderr.resume()
      channel.close()
    },
  }
}

/** As a shell would report it. */
function signalCode(signal: string | undefined): number {
  const numbers: Readonly<Record<string, number>> = constants.signals
  return 128 + (numbers[signal ?? ''] ?? constants.signals.SIGKILL)
}

function closeClient(client: LoggedInClient, socket: Duplex): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve()
    const force = setTimeout(() => socket.destroy(), 1000)
    socket.once('close', () => {
      clearTimeout(force)
      resolve()
    })
    client.end()
  })
}
