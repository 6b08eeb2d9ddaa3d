// Writes down how the server under a proven stack is, to compare with later.
import type { Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Baseline, Kept } from '../../shared/domain/kept.ts'
import { putShell } from '../../shared/domain/put-text.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteBaseline } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { baselineOf } from '../../shared/plan/drift.ts'
import { failureFromOutput } from './remote-error.ts'

export async function writeBaseline(
  connection: Connection,
  facts: Facts,
  kept: Pick<Kept, 'engineSettings'>,
): Promise<Result<void>> {
  const script = { name: 'baseline', text: scriptText(baselineOf(facts, kept)) }
  const done = await connection.run(script, { as: 'root', deadlineSeconds: 30 })
  if (!done.ok) return done
  const { exitCode, stderr } = done.value
  return exitCode === 0 ? ok(undefined) : fail(failureFromOutput(script.name, remoteBaseline, stderr))
}

function scriptText(baseline: Baseline): string {
  const text = JSON.stringify(baseline)
  return `${scriptHead({ block: 'baseline', text })}umask 077
${putShell}
put ${remoteBaseline} ${quoteWord(text)}
`
}
