// One chunk on its way: a root exec in feed mode; the next bytes are read from the source only when the
// channel took the ones before.
import { randomUUID } from 'node:crypto'
import type { Script } from '../../shared/domain/command.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { withinCall } from './call.ts'
import { type ProcessEnd, startLeased } from './leased-process.ts'
import { notStarted } from './not-started.ts'
import type { Sessions } from './sessions.ts'

/** For one chunk on a very slow line. A dead link or appliance is noticed long before. */
const chunkDeadlineSeconds = 3600
const keptTextLength = 4096

export type ChunkEnd = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

export type SentChunk = {
  /** All bytes have left, or there is no more to send because the process has ended. */
  readonly sent: Promise<void>
  readonly ended: Promise<Result<ChunkEnd>>
}

export function sendChunk(
  sessions: Sessions,
  script: Script,
  source: { readonly bytes: number; read(): AsyncIterable<Uint8Array> },
  onSent: (bytes: number) => void,
): SentChunk {
  let settleSent: () => void = () => undefined
  const sent = new Promise<void>((resolve) => {
    settleSent = resolve
  })
  const ended = withinCall(sessions.link, script.name, chunkDeadlineSeconds, async (call) => {
    const opened = await sessions.open(call, 'root')
    if (!opened.ok) return opened
    const stdout = keepEnd()
    const stderr = keepEnd()
    const end = await new Promise<ProcessEnd>((resolve, reject) => {
      const pump = async (): Promise<void> => {
        if (await process.feed(source.read(), source.bytes, onSent)) process.endInput()
        settleSent()
      }
      const process = startLeased(
        opened.value,
        { work: script.text, input: { kind: 'feed' }, nonce: randomUUID() },
        {
          onStart: () => void pump().catch(reject),
          onStdout: stdout.take,
          onStderr: stderr.take,
          onEnd: resolve,
        },
      )
      call.defer(() => process.release())
    })
    if (!end.started) return fail(notStarted(end, 'root', sessions.link.address.user))
    if (end.exitCode === undefined) return fail(sessions.link.lostFailure(script.name))
    return ok({ exitCode: end.exitCode, stdout: stdout.text(), stderr: stderr.text() })
  })
  // Whatever the end, nobody waits for bytes any more.
  ended.then(settleSent, settleSent)
  return { sent, ended }
}

function keepEnd(): { take(bytes: Buffer): void; text(): string } {
  let kept = ''
  return {
    take: (bytes) => {
      kept = `${kept}${bytes.toString('utf8')}`.slice(-keptTextLength)
    },
    text: () => kept,
  }
}
