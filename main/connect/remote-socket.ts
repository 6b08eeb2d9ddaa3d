// A byte stream to something on the appliance in the shape node:http wants: a Duplex with the socket
// methods it calls. One kind goes through a forwarded port, the other through a leased process.
import { randomUUID } from 'node:crypto'
import { Duplex } from 'node:stream'
import type { Privilege } from '../../shared/domain/command.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Call } from './call.ts'
import { type LeasedProcess, type ProcessEnd, startLeased } from './leased-process.ts'
import type { Link } from './link.ts'
import { notStarted } from './not-started.ts'
import type { Sessions } from './sessions.ts'

/** Carries a failure through code that only knows Error. */
export class RemoteSocketError extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

/** The failure inside an error that came out of node:http, if one is there. */
export function carriedFailure(error: unknown): Failure | undefined {
  return error instanceof RemoteSocketError ? error.failure : undefined
}

/**
 * To be asked right before use: a process may start and end in one packet, and node:http would wait
 * for ever on a socket that was destroyed before it listened.
 */
export function brokenBefore(socket: Duplex): Error | undefined {
  return socket.destroyed ? (socket.errored ?? new Error('closed before use')) : undefined
}

type Ends = {
  write(bytes: Buffer): Promise<boolean>
  endInput(): void
  pause(): void
  resume(): void
  close(): void
}

function socketOn(ends: Ends): Duplex {
  const duplex = new Duplex({
    allowHalfOpen: false,
    read: () => ends.resume(),
    write: (bytes: Buffer, _encoding, done) => void ends.write(bytes).then(() => done()),
    final: (done) => {
      ends.endInput()
      done()
    },
    destroy: (error, done) => {
      ends.close()
      done(error)
    },
  })
  const self = () => duplex
  // node:http calls these on what it takes for a TCP socket.
  return Object.assign(duplex, { setKeepAlive: self, setNoDelay: self, setTimeout: self, ref: self, unref: self })
}

/** A socket that rests in an agent's pool has no reader, so nobody would notice its end. */
function endOf(socket: Duplex): void {
  if (socket.destroyed) return
  socket.push(null)
  if (socket.readableLength === 0) socket.resume()
}

export function forwardedSocket(link: Link, inner: Duplex): Duplex {
  const outer = socketOn({
    write: (bytes) => new Promise((resolve) => inner.write(bytes, () => resolve(true))),
    endInput: () => void inner.end(),
    pause: () => void inner.pause(),
    resume: () => void inner.resume(),
    close: () => {
      inner.resume()
      inner.destroy()
    },
  })
  inner.on('data', (bytes: Buffer) => {
    if (!outer.push(bytes)) inner.pause()
  })
  inner.on('end', () => endOf(outer))
  inner.on('error', () => outer.destroy())
  // A lost link must not read like the regular end of an answer.
  const unsubscribe = link.onLost(() => outer.destroy(new RemoteSocketError(link.lostFailure('http'))))
  outer.once('close', unsubscribe)
  return outer
}

export type RelaySpec = {
  readonly name: string
  readonly work: string
  readonly as: Privilege
  /** More than this since the last byte we sent is a flood, and the end. */
  readonly answerLimitBytes?: number
  /** Says what an end of the process means, or that it was a regular end. */
  explainEnd(exitCode: number | undefined, stderr: string, gotBytes: boolean): Failure | undefined
}

/** Opens a leased process as a socket. Resolves when the process runs; what it then does shows on the socket. */
export async function relayedSocket(call: Call, sessions: Sessions, spec: RelaySpec): Promise<Result<Duplex>> {
  const { link } = sessions
  const opened = await sessions.open(call, spec.as)
  if (!opened.ok) return opened
  return new Promise((resolve) => {
    let handedOver = false
    let gotBytes = false
    let answerBytes = 0
    let stderr = ''
    const socket = socketOn({
      write: (bytes) => {
        answerBytes = 0
        return process.write(bytes)
      },
      endInput: () => process.endInput(),
      pause: () => process.pauseOutput(),
      resume: () => process.resumeOutput(),
      close: () => process.release(),
    })
    const onEnd = (end: ProcessEnd): void => {
      if (!end.started) resolve(fail(notStarted(end, spec.as, link.address.user)))
      const failure = spec.explainEnd(end.exitCode, stderr, gotBytes)
      if (failure) socket.destroy(new RemoteSocketError(failure))
      else endOf(socket)
    }
    const process: LeasedProcess = startLeased(
      opened.value,
      { work: spec.work, input: { kind: 'feed' }, nonce: randomUUID() },
      {
        onStart: () => {
          handedOver = !call.ended()
          resolve(ok(socket))
        },
        onStdout: (bytes) => {
          gotBytes = true
          answerBytes += bytes.length
          if (answerBytes > (spec.answerLimitBytes ?? Number.POSITIVE_INFINITY)) {
            socket.destroy(new Error(`an answer of more than ${spec.answerLimitBytes} bytes`))
          }
          if (!socket.push(bytes)) process.pauseOutput()
        },
        onStderr: (bytes) => {
          stderr = `${stderr}${bytes.toString('utf8')}`.slice(-4096)
        },
        onEnd,
      },
    )
    const unsubscribe = link.onLost(() => socket.destroy(new RemoteSocketError(link.lostFailure(spec.name))))
    socket.once('close', unsubscribe)
    socket.on('error', () => undefined)
    call.defer(() => {
      if (!handedOver) socket.destroy()
    })
  })
}
