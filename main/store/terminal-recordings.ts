// What terminals showed, in a folder of its own: a file for each, and beside it who, where, when, and how it ended. Old ones
// go, and so does what is more than the folder may hold, the oldest first.
import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import {
  keptDays,
  mostKeptBytes,
  mostPieceBytes,
  type RecordingPiece,
  type RecordingState,
  recordingId,
  type TerminalRecord,
  type TerminalSize,
  terminalRecord,
} from '../../shared/domain/terminal.ts'
import { type CastWriter, newCastFile } from './cast-file.ts'
import { documentIn } from './folder.ts'
import { resultsIn } from './kept-results.ts'

export type RemovedRecording = { readonly recordingId: string; readonly bytes: number; readonly why: 'old' | 'room' }

export type TerminalRecordings = {
  begin(record: TerminalRecord, size: TerminalSize): Result<CastWriter>
  save(record: TerminalRecord): Result<void>
  /** File and document. */
  drop(id: string): Result<void>
  /** Newest first. */
  list(): TerminalRecord[]
  /** Of its file; undefined where there is none. */
  storedBytes(id: string): number | undefined
  /** Compares the file with the digest that was written at its end. */
  check(record: TerminalRecord): Promise<Exclude<RecordingState, 'going'>>
  /** Null where there is none. */
  piece(id: string, from: number): Result<RecordingPiece | null>
  /** What is to go, but for these: too old by `nowMs`, or more than there is room for beside `neededBytes`. */
  surplus(nowMs: number, kept: ReadonlySet<string>, neededBytes: number): RemovedRecording[]
}

export function terminalRecordingsIn(folder: string): TerminalRecordings {
  const kept = resultsIn(folder, {
    ...{ name: 'terminals', id: recordingId, headOf: (record: TerminalRecord) => record },
    document: (file) => documentIn(folder, file, terminalRecord.nullable(), null),
  })
  const castOf = (id: string) => kept.fileOf(id).replace(/\.json$/, '.cast')
  const unwritable = (error: unknown): Result<never> =>
    fail({ kind: 'state-unwritable', folder: join(folder, 'terminals'), detail: (error as Error).message })
  const known = new Map<string, { readonly stamp: string; readonly state: 'whole' | 'broken' }>()

  /** One that cannot be looked at is as good as none: it must not keep the others from being looked after. */
  function aboutFile(id: string) {
    try {
      return statSync(castOf(id), { throwIfNoEntry: false })
    } catch {
      return undefined
    }
  }

  const storedBytes = (id: string) => aboutFile(id)?.size

  function drop(id: string): Result<void> {
    known.delete(id)
    try {
      for (const file of [castOf(id), kept.fileOf(id), `${kept.fileOf(id)}.last`]) rmSync(file, { force: true })
      return ok(undefined)
    } catch (error) {
      return unwritable(error)
    }
  }

  /** Of one whose document is damaged only the file can say it. */
  function begun(id: string): { id: string; beganMs: number } {
    const read = kept.read(id)
    const startedAt = read.ok ? read.value?.startedAt : undefined
    return { id, beganMs: startedAt === undefined ? (aboutFile(id)?.mtimeMs ?? 0) : Date.parse(startedAt) }
  }

  return {
    drop,
    storedBytes,
    list: kept.heads,
    save: (record) => kept.write(record.recordingId, record),
    begin(record, size) {
      const written = kept.write(record.recordingId, record)
      if (!written.ok) return written
      try {
        return ok(newCastFile(castOf(record.recordingId), record.startedAt, size))
      } catch (error) {
        drop(record.recordingId)
        return unwritable(error)
      }
    },
    async check({ recordingId: id, end }) {
      const about = aboutFile(id)
      if (about === undefined) return 'missing'
      if (end === null) return 'unproven'
      const stamp = `${about.size} ${about.mtimeMs} ${about.ino} ${end.digest}`
      const before = known.get(id)
      if (before?.stamp === stamp) return before.state
      const isWhole = about.size === end.bytes && (await digestOf(castOf(id))) === end.digest
      const state = isWhole ? 'whole' : 'broken'
      known.set(id, { stamp, state })
      return state
    },
    piece(id, from) {
      try {
        return ok(storedBytes(id) === undefined ? null : pieceOf(castOf(id), from))
      } catch (error) {
        return unwritable(error)
      }
    },
    surplus(nowMs, going, neededBytes) {
      const there = kept.ids().filter((id) => !going.has(id))
      const gone: RemovedRecording[] = []
      let room = mostKeptBytes - neededBytes
      for (const { id, beganMs } of there.map(begun).sort((a, b) => b.beganMs - a.beganMs)) {
        const bytes = storedBytes(id) ?? 0
        const isOld = nowMs - beganMs > keptDays * 86_400_000
        room -= bytes
        if (isOld || room < 0) gone.push({ recordingId: id, bytes, why: isOld ? 'old' : 'room' })
      }
      return gone.toReversed()
    },
  }
}

async function digestOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const bytes of createReadStream(file)) hash.update(bytes as Buffer)
    return hash.digest('hex')
  } catch {
    return undefined
  }
}

/** Whole lines: what was cut short at the end of the file belongs to the last piece as it is. */
function pieceOf(file: string, from: number): RecordingPiece {
  const descriptor = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(mostPieceBytes)
    const count = readSync(descriptor, bytes, 0, bytes.length, from)
    const read = bytes.subarray(0, count)
    if (count < bytes.length) return { text: read.toString('utf8'), next: null }
    const end = read.lastIndexOf('\n') + 1
    // No line of ours is as long as a piece; whatever else this is, it is read on.
    const length = end === 0 ? count : end
    return { text: read.subarray(0, length).toString('utf8'), next: from + length }
  } finally {
    closeSync(descriptor)
  }
}
