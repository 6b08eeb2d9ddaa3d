// A connection that plays one answer after the other, the last one again and again, and notes what it was asked.
import type { Script } from '../../shared/domain/command.ts'
import type { Connection, RunOptions, RunOutcome } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok } from '../../shared/domain/failure.ts'

export type AskedOf = { readonly script: Script; readonly options: RunOptions }

export function answeringConnection(...answers: readonly (Partial<RunOutcome> | Failure)[]) {
  const asked: AskedOf[] = []
  const run = async (script: Script, options: RunOptions) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)] ?? {}
    asked.push({ script, options })
    if ('kind' in answer) return fail(answer)
    return ok({ exitCode: 0, stdout: '', stderr: '', truncated: false, ...answer })
  }
  return { connection: { run } as unknown as Connection, asked }
}
