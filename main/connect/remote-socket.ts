// A byte stream to something on the appliance in the shape node:http wants: a Duplex with the socket
// methods it calls. One kind goes through a forwarded port, the other through a leased process.
import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { Privilege } from '../../shared/domain/command.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Call } from './call.ts'
import { channelSocket, endOf, socketOn } from './channel-socket.ts'
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

export function forwardedSocket(link: Link, channel: Duplex): Duplex {
  const socket = channelSocket(channel)
  // A lost link must not read like the regular end of an answer.
  const unsubscribe = link.onLost(() => socket.destroy(new RemoteSocketError(link.lostFailure('http'))))
  socket.once('close', unsubscribe)
  return socket
}

export type RelaySpec = {
  readonly name: string
  readonly work: string
  readonly as: Privilege
  /** More than this since the last byte we sent is a flood, and the end. */
  readonly answerLimitBytes?: number
  /** Asked with every piece that comes: an error is the end. */
  readonly tooMuch?: (bytes: number) => Error | undefined
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
      write: (bytes, done) => {
        answerBytes = 0
        void process.write(bytes).then(done)
      },
      endInput: () => process.endInput(),
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
          const tooMuch = spec.tooMuch?.(bytes.length)
          if (tooMuch !== undefined) socket.destroy(tooMuch)
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
