// Runs a script of a step as root and reads how it ended.
import type { Script } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { remoteRoot } from '../../shared/domain/remote-layout.ts'
import { lostLockExitCode, undoneExitCode } from '../../shared/domain/script-exits.ts'
import { failureFromOutput } from './remote-error.ts'

/** `stopped`: from when on it is not waited for any longer. `stdin`: what no text of a script holds. */
type More = { readonly stopped?: Promise<void>; readonly stdin?: string }

export async function runScript(
  connection: Connection,
  script: Script,
  deadlineSeconds: number,
  more: More = {},
): Promise<Result<void>> {
  const done = await connection.run(script, { as: 'root', deadlineSeconds, ...more })
  if (!done.ok) return done
  if (done.value.exitCode === 0) return ok(undefined)
  if (done.value.exitCode === lostLockExitCode) return fail({ kind: 'lock-lost', at: script.name })
  const failure = failureFromOutput(script.name, remoteRoot, done.value.stderr || `exit code ${done.value.exitCode}`)
  if (done.value.exitCode !== undoneExitCode) return fail(failure)
  const isTold = failure.kind === 'step-failed' || failure.kind === 'disk-full' || failure.kind === 'task-failed'
  return fail(isTold ? { ...failure, undone: true } : failure)
}
