// A remote command from start to end: bounded output, exit code, one deadline over everything. When
// the deadline passes the channel is closed, and with it the lease ends the remote group.
import { randomUUID } from 'node:crypto'
import type { Command, Script } from '../../shared/domain/command.ts'
import type { RunOptions, RunOutcome } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { LeaseInput } from '../../shared/domain/script-head.ts'
import { withinCall } from './call.ts'
import { growingBytes } from './growing-bytes.ts'
import { type ProcessEnd, startLeased } from './leased-process.ts'
import { notStarted } from './not-started.ts'
import type { Sessions } from './sessions.ts'
import { workName, workText } from './work-text.ts'

const defaultOutputLimitBytes = 4 * 1024 * 1024
const stderrLimitBytes = 256 * 1024
/** Standard input of a run is kept in memory on the appliance. Larger things are artifacts. */
const inputLimitBytes = 16 * 1024 * 1024

export function runOver(sessions: Sessions, what: Command | Script, options: RunOptions): Promise<Result<RunOutcome>> {
  const input = Buffer.from(options.stdin ?? '')
  if (input.byteLength > inputLimitBytes)
    throw new Error(`${workName(what)}: ${input.byteLength} bytes of stdin are too many`)
  const stdout = keepUpTo(options.outputLimitBytes ?? defaultOutputLimitBytes)
  const stderr = keepUpTo(stderrLimitBytes)
  return withinCall(sessions.link, workName(what), options.deadlineSeconds, async (call) => {
    const opened = await sessions.open(call, options.as)
    if (!opened.ok) return opened
    const ended = new Promise<ProcessEnd>((resolve) => {
      const process = startLeased(
        opened.value,
        { work: workText(what), input: inputKind(input), nonce: randomUUID() },
        {
          onStart: () => void process.write(input),
          onStdout: stdout.take,
          onStderr: stderr.take,
          onEnd: resolve,
        },
      )
      call.defer(() => process.release())
    })
    const end = await Promise.race([ended, ...(options.stopped === undefined ? [] : [options.stopped])])
    if (end === undefined) return fail({ kind: 'cancelled', at: workName(what) })
    if (!end.started) return fail(notStarted(end, options.as, sessions.link.address.user))
    // A process that was killed from outside has no exit status: 137, as a shell would say.
    const exitCode = end.exitCode ?? 137
    const truncated = stdout.overflowed() || stderr.overflowed()
    return ok({ exitCode, stdout: stdout.text(), stderr: stderr.text(), truncated })
  })
}

function inputKind(input: Uint8Array): LeaseInput {
  return input.byteLength === 0 ? { kind: 'none' } : { kind: 'sized', bytes: input.byteLength }
}

type Keeper = { take(bytes: Buffer): void; text(): string; overflowed(): boolean }

function keepUpTo(limitBytes: number): Keeper {
  const kept = growingBytes()
  let overflowed = false
  return {
    take: (bytes) => {
      const piece = bytes.subarray(0, limitBytes - kept.now().length)
      if (piece.length < bytes.length) overflowed = true
      if (piece.length > 0) kept.add(piece)
    },
    text: () => kept.now().toString('utf8'),
    overflowed: () => overflowed,
  }
}
