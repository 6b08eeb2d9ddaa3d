// Recordings of terminals that are kept: listed with whether they are as they were written, read in pieces, and removed when
// they are old or too much. What is removed is written into the audit first.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import {
  type ListedRecording,
  mostRecordedBytes,
  type RecordingPiece,
  type TerminalRecord,
} from '../../../shared/domain/terminal.ts'
import type { Core } from '../context.ts'

type Part = Pick<Core, 'state' | 'terminals' | 'audit' | 'tools'>

export async function listRecordings(core: Part): Promise<Result<ListedRecording[]>> {
  const made = makeRoom(core)
  if (!made.ok) return made
  const going = core.terminals.recordings()
  const listed: ListedRecording[] = []
  // One after the other: each is read from the disk once, and not all at the same time.
  for (const record of core.state.terminals.list()) listed.push(await listedOf(core, record, going))
  return ok(listed)
}

async function listedOf({ state }: Part, record: TerminalRecord, going: Set<string>): Promise<ListedRecording> {
  const { recordingId } = record
  const checked = going.has(recordingId) ? 'going' : await state.terminals.check(record)
  return { ...record, state: checked, storedBytes: state.terminals.storedBytes(recordingId) ?? 0 }
}

export function readRecording(
  { state }: Pick<Core, 'state'>,
  { recordingId, from }: { readonly recordingId: string; readonly from: number },
): Result<RecordingPiece | null> {
  return state.terminals.piece(recordingId, from)
}

/** Of the console itself, not of a person. */
const byItself = 'rackside'

/** For every one that goes on, and for those that begin, there is room for all that it may write. No line, no removal. */
export function makeRoom({ state, terminals, audit, tools }: Part, beginning = 0): Result<void> {
  const going = terminals.recordings()
  const needed = (going.size + beginning) * mostRecordedBytes
  for (const { recordingId, bytes, why } of state.terminals.surplus(Date.parse(tools.now()), going, needed)) {
    const input = { recordingId, bytes, why }
    const noted = audit.append({ at: tools.now(), who: byItself, act: 'terminal-recording-remove', input })
    if (!noted.ok) return noted
    const dropped = state.terminals.drop(recordingId)
    if (!dropped.ok) return dropped
  }
  return ok(undefined)
}

const lookEveryMs = 3_600_000

/** Also where nobody opens a terminal any more. What cannot be removed now is tried again. */
export async function keepRoom(core: Part, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    makeRoom(core)
    await core.tools.pause(lookEveryMs, signal)
  }
}
