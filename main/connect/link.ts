// What the rest of this folder needs from a way to an appliance: start a line in the login shell,
// dial a port of its loopback, tell when it is gone. ssh.ts makes one from an SSH client.
import type { Duplex, Readable, Writable } from 'node:stream'
import type { Address } from '../../shared/domain/appliance.ts'
import type { TerminalSize } from '../../shared/domain/terminal.ts'
import type { Lifeline } from './call.ts'

/** A started line: three byte streams and an end. Nothing here knows about leases or markers. */
export type ProcessChannel = {
  readonly input: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  /** Exit status as soon as it is known; undefined when the process died without one. */
  onExit(listener: (exitCode: number | undefined) => void): void
  /** Nothing will come any more. */
  onClose(listener: () => void): void
  close(): void
}

export type ChannelOpening =
  | { readonly kind: 'open'; readonly channel: ProcessChannel }
  /** The appliance has no channel free for us now (MaxSessions): worth another try. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'refused'; readonly detail: string }

/** The login shell in a terminal; `stderr` is silent. */
export type ShellChannel = ProcessChannel & { resize(size: TerminalSize): void }

export type ShellOpening =
  | { readonly kind: 'open'; readonly channel: ShellChannel }
  | Exclude<ChannelOpening, { readonly kind: 'open' }>

export type ForwardOpening =
  | { readonly kind: 'open'; readonly stream: Duplex }
  /** sshd does not forward for us at all. */
  | { readonly kind: 'prohibited' }
  /** sshd tried and nothing answers on that port. */
  | { readonly kind: 'failed'; readonly detail: string }

export type Link = Lifeline & {
  readonly address: Address
  openProcess(line: string): Promise<ChannelOpening>
  /** Missing where there are no terminals. */
  openShell?(size: TerminalSize): Promise<ShellOpening>
  /** To its loopback, or to a host that it reaches. */
  openForward(port: number, host?: string): Promise<ForwardOpening>
  close(): Promise<void>
}
