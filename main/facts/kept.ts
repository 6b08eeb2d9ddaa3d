// Asks an appliance what it keeps about what Rackside did there.
import type { Connection } from '../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Kept } from '../../shared/domain/kept.ts'
import { keptBytes, keptScript, readKept } from '../../shared/facts/kept.ts'

export async function gatherKept(connection: Connection): Promise<Result<Kept>> {
  const asked = await connection.run(
    { name: 'what is kept', text: keptScript },
    { as: 'root', deadlineSeconds: 30, outputLimitBytes: keptBytes },
  )
  if (!asked.ok) return asked
  const { exitCode, stdout, stderr } = asked.value
  const read = exitCode === 0 ? readKept(stdout) : undefined
  if (read?.state === 'known') return ok(read.value)
  return fail({ kind: 'facts-unreadable', detail: evidence(read?.state === 'unreadable' ? read.why : stderr) })
}
