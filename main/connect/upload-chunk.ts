// One chunk on its way: a root exec in feed mode; the next bytes are read from the source only when the
// channel took the ones before.
import { randomUUID } from 'node:crypto'
import type { Script } from '../../shared/domain/command.ts'
import { type Result, fail, ok } from '../../shared/domain/failure.ts'
import { withinCall } from './call.ts'
import { type ProcessEnd, startLeased } from './leased-process.ts'
import { notStarted } from './not-started.ts'
import type { Sessions } from './sessions.ts'

/** For one chunk on a very slow line. A dead link or appliance is noticed long before. */
const chunkDeadlineSeconds = 3600
const keptTextLength = 4096

export type ChunkEnd = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

export function sendChunk(
  sessions: Sessions,
  script: Script,
  source: { readonly bytes: number; read(): AsyncIterable<Uint8Array> },
  onSent: (bytes: number) => void,
): Promise<Result<ChunkEnd>> {
  return withinCall(sessions.link, script.name, chunkDeadlineSeconds, async (call) => {
    const opened = await sessions.open(call, 'root')
    if (!opened.ok) return opened
    let stdout = ''
    let stderr = ''
    const end = await new Promise<ProcessEnd>((resolve, reject) => {
      const pump = async (): Promise<void> => {
        if (await process.feed(source.read(), source.bytes, onSent)) process.endInput()
      }
      const process = startLeased(opened.value, { work: script.text, input: { kind: 'feed' }, nonce: randomUUID() }, {
        onStart: () => void pump().catch(reject),
        onStdout: (bytes) => {
          stdout = `${stdout}${bytes.toString('latin1')}`.slice(-keptTextLength)
        },
        onStderr: (bytes) => {
          stderr = `${stderr}${bytes.toString('utf8')}`.slice(-keptTextLength)
        },
        onEnd: resolve,
      })
      call.defer(() => process.release())
    })
    if (!end.started) return fail(notStarted(end, 'root', sessions.link.address.user))
    if (end.exitCode === undefined) return fail(sessions.link.lostFailure(script.name))
    return ok({ exitCode: end.exitCode, stdout, stderr })
  })
}
