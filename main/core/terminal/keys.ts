// Calls to a terminal that is open: keys, its size, its end. Keys go to the appliance and nowhere else: no failure, no log
// and no line of the audit has them.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { TerminalSize } from '../../../shared/domain/terminal.ts'
import type { Core } from '../context.ts'

type Part = Pick<Core, 'terminals'>
/** There is nothing to be told of it. */
type Nothing = Record<string, never>
type Named = { readonly terminalId: string }

export async function typeKeys(
  { terminals }: Part,
  { terminalId, keys }: Named & { readonly keys: string },
): Promise<Result<Nothing>> {
  const session = terminals.find(terminalId)
  if (!session.ok) return session
  await session.value.type(keys)
  return ok({})
}

export function resizeTerminal(
  { terminals }: Part,
  { terminalId, size }: Named & { readonly size: TerminalSize },
): Result<Nothing> {
  const session = terminals.find(terminalId)
  if (!session.ok) return session
  session.value.resize(size)
  return ok({})
}

export function closeTerminal({ terminals }: Part, { terminalId }: Named): Result<Nothing> {
  const session = terminals.find(terminalId)
  if (session.ok) session.value.close('closed')
  return ok({})
}
