// Writes down how the server under a proven stack is, to compare with later.
import { writeRecord } from '../../shared/apply/record.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Kept } from '../../shared/domain/kept.ts'
import { remoteBaseline } from '../../shared/domain/remote-layout.ts'
import { baselineOf } from '../../shared/plan/drift.ts'
import { failureFromOutput } from './remote-error.ts'

export async function writeBaseline(
  connection: Connection,
  facts: Facts,
  kept: Pick<Kept, 'engineSettings'>,
): Promise<Result<void>> {
  const at = remoteBaseline.lastIndexOf('/')
  const name = remoteBaseline.slice(at + 1).replace(/\.json$/, '')
  const write = writeRecord(remoteBaseline.slice(0, at), name, baselineOf(facts, kept))
  const done = await connection.run(write, { as: 'root', deadlineSeconds: 30 })
  if (!done.ok) return done
  return done.value.exitCode === 0
    ? ok(undefined)
    : fail(failureFromOutput('baseline', remoteBaseline, done.value.stderr))
}
