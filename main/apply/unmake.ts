// What a step made of the system itself goes again, by the commands of the kind that made it, from a look at how it is
// now: what somebody changed since stays.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked } from '../../shared/apply/asked.ts'
import type { Made } from '../../shared/apply/made-kind.ts'
import type { Command } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { lookAtHost } from './host-look.ts'

export async function unmakeCommands(
  connection: Connection,
  { made, before }: Made,
  facts: Asked,
): Promise<Result<readonly Command[]>> {
  const host = await lookAtHost(connection, [made])
  if (!host.ok) return host
  return ok(kindOf(made).made?.remove(made, before, { ...facts, host: host.value }) ?? [])
}
