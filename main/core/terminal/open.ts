// Opens a person's own shell on an appliance and records what it shows. No line in the audit, no shell; no record, no shell.
// It ends with the one who reads it.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { TerminalEnd, TerminalEvent, TerminalRecord, TerminalSize } from '../../../shared/domain/terminal.ts'
import { machineIdOf } from '../../facts/machine-id.ts'
import type { CastWriter } from '../../store/cast-file.ts'
import { isLocal, type Opening } from '../access/opening.ts'
import { openingToChange } from '../appliances.ts'
import type { CallContext } from '../context.ts'
import { refuse } from '../refusal.ts'
import { makeRoom } from './kept.ts'
import { type TerminalSession, terminalSession } from './session.ts'

type Input = { readonly target: Target; readonly size: TerminalSize }

/** Throws a refusal where it cannot begin. */
export async function* openTerminal(
  context: CallContext,
  { target, size }: Input,
  left?: AbortSignal,
): AsyncGenerator<TerminalEvent> {
  const { core } = context
  const opening = openingFor(context, target)
  if (!opening.ok) throw refuse(opening.failure)
  const place = core.terminals.begin(opening.value)
  if (!place.ok) throw refuse(place.failure)
  const terminalId = `terminal-${core.tools.randomId()}${core.tools.randomId()}`
  try {
    const begun = await beginOrAgain(context, { target, size, opening: opening.value })
    if (!begun.ok) throw refuse(begun.failure)
    const { session, record } = begun.value
    core.terminals.add(terminalId, { recordingId: record.recordingId, session })
    const leave = () => session.close('left')
    if (left?.aborted === true) leave()
    left?.addEventListener('abort', leave)
    try {
      yield { event: 'open', terminalId, recordingId: record.recordingId, user: record.user }
      yield* shownBy(session)
    } finally {
      left?.removeEventListener('abort', leave)
      leave()
    }
  } finally {
    core.terminals.remove(terminalId)
    place.value.over()
  }
}

async function* shownBy(session: TerminalSession): AsyncGenerator<TerminalEvent> {
  for (;;) {
    const text = await session.next()
    if (text === undefined) break
    yield { event: 'shown', text }
  }
  const ended = session.ended()
  if (ended !== undefined) yield { event: 'end', ...ended }
}

function openingFor({ core }: CallContext, target: Target): Result<Opening> {
  const opening = openingToChange(core, target)
  if (!opening.ok || !isLocal(opening.value)) return opening
  return fail({ kind: 'usage', problem: 'terminal-here', word: '' })
}

type Wanted = Input & { readonly opening: Opening }
type Begun = { readonly session: TerminalSession; readonly record: TerminalRecord }

/** A connection that was lost while nobody used it is noticed, and forgotten, by the first try. */
async function beginOrAgain(context: CallContext, wanted: Wanted): Promise<Result<Begun>> {
  const begun = await begin(context, wanted)
  return !begun.ok && begun.failure.kind === 'link-lost' ? begin(context, wanted) : begun
}

function begin(context: CallContext, wanted: Wanted): Promise<Result<Begun>> {
  return context.core.sessions.withConnection(wanted.opening, async (connection) => {
    const machineId = await machineIdOf(connection)
    if (!machineId.ok) return machineId
    const record = recordFor(context, wanted, machineId.value ?? null)
    const made = makeRoom(context.core, 1)
    if (!made.ok) return made
    const writer = context.core.state.terminals.begin(record, wanted.size)
    if (!writer.ok) return writer
    const begun = await openShell(context, connection, { wanted, record, writer: writer.value })
    if (!begun.ok) {
      discard(writer.value)
      context.core.state.terminals.drop(record.recordingId)
    }
    return begun
  })
}

function recordFor({ core, operator }: CallContext, { target, opening }: Wanted, machineId: string | null) {
  const { host, port, user } = opening.address
  const { randomId, now } = core.tools
  return {
    recordingId: `recorded-${randomId()}${randomId()}`,
    who: operator,
    appliance: target.by === 'name' ? target.name : host,
    ...{ host, port, user, machineId, startedAt: now(), end: null },
    ...(core.demos.isDemo(opening.address) && { demo: true as const }),
  } satisfies TerminalRecord
}

type Recorded = { readonly wanted: Wanted; readonly record: TerminalRecord; readonly writer: CastWriter }

async function openShell(
  context: CallContext,
  connection: Connection,
  { wanted, record, writer }: Recorded,
): Promise<Result<Begun>> {
  const { core } = context
  if (connection.openShell === undefined) return fail({ kind: 'usage', problem: 'terminal-here', word: '' })
  const noted = note(context, 'terminal-begin', { record })
  if (!noted.ok) return noted
  const shell = await connection.openShell(wanted.size)
  if (!shell.ok) {
    note(context, 'terminal-end', { record, more: { reason: 'not-opened', failure: shell.failure.kind } })
    return shell
  }
  const session = terminalSession({
    ...{ shell: shell.value, record: writer, tools: core.tools },
    onEnd: (end) => close(context, { record, writer, end }),
    unrecorded: (error) => unwritable(context, error),
  })
  return ok({ session, record })
}

type Closing = Pick<Recorded, 'record' | 'writer'> & { readonly end: TerminalEnd }

/** The file is whole on the disk, its digest beside it and in the audit. */
function close(context: CallContext, { record, writer, end }: Closing): Failure | undefined {
  let written: ReturnType<CastWriter['close']>
  try {
    written = writer.close()
  } catch (error) {
    note(context, 'terminal-end', { record, more: { ...end, digest: null } })
    return unwritable(context, error)
  }
  const saved = context.core.state.terminals.save({ ...record, end: { ...end, ...written } })
  const noted = note(context, 'terminal-end', { record, more: { ...end, ...written } })
  makeRoom(context.core)
  return saved.ok ? (noted.ok ? undefined : noted.failure) : saved.failure
}

function discard(writer: CastWriter): void {
  try {
    writer.close()
  } catch {
    // It is removed.
  }
}

function unwritable({ core }: CallContext, error: unknown): Failure {
  return { kind: 'state-unwritable', folder: core.state.folder, detail: (error as Error).message }
}

type Noted = { readonly record: TerminalRecord; readonly more?: object }

/** Which appliance it is and where its recording lies; never what was typed or shown. */
function note({ core, operator }: CallContext, act: string, { record, more }: Noted): Result<unknown> {
  const { recordingId, host, port, user, machineId, appliance, demo } = record
  const input = { appliance, address: { host, port, user }, machineId, recordingId, ...more }
  return core.audit.append({ at: core.tools.now(), who: operator, act, ...(demo && { demo }), input })
}
