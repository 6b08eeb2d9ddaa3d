// A long-lived remote process whose output is read as it comes. Only its start has a deadline; it
// lives until it ends, is closed, its reader leaves the loop, or the link is lost.
import { randomUUID } from 'node:crypto'
import type { Command, Script } from '../../shared/domain/command.ts'
import type { RemoteStream, StreamOptions } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { byteQueue } from './byte-queue.ts'
import { type Call, withinCall } from './call.ts'
import { type LeasedChannel, startLeased } from './leased-process.ts'
import { notStarted } from './not-started.ts'
import type { Sessions } from './sessions.ts'
import { workName, workText } from './work-text.ts'

export function streamOver(
  sessions: Sessions,
  what: Command | Script,
  options: StreamOptions,
): Promise<Result<RemoteStream>> {
  return withinCall(sessions.link, workName(what), options.deadlineSeconds, async (call) => {
    const opened = await sessions.open(call, options.as)
    if (!opened.ok) return opened
    return startStream(call, opened.value, what, { as: options.as, user: sessions.link.address.user })
  })
}

function startStream(
  call: Call,
  channel: LeasedChannel,
  what: Command | Script,
  who: { as: StreamOptions['as']; user: string },
): Promise<Result<RemoteStream>> {
  return new Promise((resolve) => {
    let handedOver = false
    let settleEnded: (exitCode: number | undefined) => void = () => undefined
    const ended = new Promise<number | undefined>((settle) => {
      settleEnded = settle
    })
    const queue = byteQueue({
      pause: () => process.pauseOutput(),
      resume: () => process.resumeOutput(),
      abandon: () => process.release(),
    })
    const process = startLeased(
      channel,
      { work: workText(what), input: { kind: 'none' }, nonce: randomUUID() },
      {
        onStart: () => {
          handedOver = !call.ended()
          resolve(ok({ output: queue.output, ended, close: () => process.release() }))
        },
        onStdout: queue.push,
        onStderr: () => undefined,
        onEnd: (end) => {
          queue.end()
          settleEnded(end.exitCode)
          if (!end.started) resolve(fail(notStarted(end, who.as, who.user)))
        },
      },
    )
    call.defer(() => {
      if (!handedOver) process.release()
    })
  })
}
