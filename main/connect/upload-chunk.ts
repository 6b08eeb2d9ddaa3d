// One chunk on its way: a root exec in feed mode, frames of 1 MiB, and the next bytes are read from the
// source only when the channel took the ones before.
import { randomUUID } from 'node:crypto'
import type { Script } from '../../shared/domain/command.ts'
import { type Result, fail, ok } from '../../shared/domain/failure.ts'
import { withinCall } from './call.ts'
import { frameLimitBytes } from './lease.ts'
import { type LeasedProcess, type ProcessEnd, startLeased } from './leased-process.ts'
import { notStarted } from './not-started.ts'
import type { Sessions } from './sessions.ts'

/** For one chunk on a very slow line. A dead link or appliance is noticed long before. */
const chunkDeadlineSeconds = 3600
const keptTextLength = 4096

export type ChunkEnd = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

export function sendChunk(
  sessions: Sessions,
  script: Script,
  source: AsyncIterable<Uint8Array>,
  onSent: (bytes: number) => void,
): Promise<Result<ChunkEnd>> {
  return withinCall(sessions.link, script.name, chunkDeadlineSeconds, async (call) => {
    const opened = await sessions.open(call, 'root')
    if (!opened.ok) return opened
    let stdout = ''
    let stderr = ''
    let over = false
    const end = await new Promise<ProcessEnd>((resolve, reject) => {
      const process = startLeased(opened.value, { work: script.text, input: { kind: 'feed' }, nonce: randomUUID() }, {
        onStart: () => void pump(source, process, () => over || call.ended(), onSent).catch(reject),
        onStdout: (bytes) => {
          stdout = `${stdout}${bytes.toString('latin1')}`.slice(-keptTextLength)
        },
        onStderr: (bytes) => {
          stderr = `${stderr}${bytes.toString('utf8')}`.slice(-keptTextLength)
        },
        onEnd: (processEnd) => {
          over = true
          resolve(processEnd)
        },
      })
      call.defer(() => process.release())
    })
    if (!end.started) return fail(notStarted(end, 'root', sessions.link.address.user))
    if (end.exitCode === undefined) return fail(sessions.link.lostFailure(script.name))
    return ok({ exitCode: end.exitCode, stdout, stderr })
  })
}

async function pump(
  source: AsyncIterable<Uint8Array>,
  process: LeasedProcess,
  stopped: () => boolean,
  onSent: (bytes: number) => void,
): Promise<void> {
  let pieces: Uint8Array[] = []
  let heldBytes = 0
  const flush = async (): Promise<void> => {
    const frame = Buffer.concat(pieces)
    pieces = []
    heldBytes = 0
    if (await process.write(frame)) onSent(frame.byteLength)
  }
  for await (const bytes of source) {
    if (stopped()) return
    pieces.push(bytes)
    heldBytes += bytes.byteLength
    if (heldBytes >= frameLimitBytes) await flush()
  }
  if (heldBytes > 0) await flush()
  process.endInput()
}
