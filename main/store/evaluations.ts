// Evaluations, one document each, and beside it a line for every answer, on the disk before the next one is asked: a console
// that is killed in the middle has lost nothing of what it heard. A line that was cut short is asked again.
import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  type EvaluationHead,
  type EvaluationRecord,
  type EvaluationResult,
  evaluationHeadOf,
  evaluationId,
  evaluationRecord,
  evaluationResult,
} from '../../shared/domain/evaluation.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { documentIn, syncFolder, writeEveryByte } from './folder.ts'
import { resultsIn } from './kept-results.ts'

/** Some years of a hospital's; the oldest go. */
const evaluationsKept = 300

/** `append` fails where the disk does not take it, and throws once it is closed: the descriptor may be another file's. */
export type RecordWriter = { append(record: EvaluationRecord): Result<void>; close(): void }

export type KeptEvaluations = {
  save(result: EvaluationResult): Result<void>
  /** Null where there is none. */
  read(id: string): Result<EvaluationResult | null>
  /** Newest first. What is damaged is not among them, and says so where it is read. */
  list(): EvaluationHead[]
  /** The last one of each question, in the order of the set. */
  records(id: string): Result<EvaluationRecord[]>
  openRecords(id: string): Result<RecordWriter>
}

export function evaluationsIn(folder: string): KeptEvaluations {
  const kept = resultsIn(folder, {
    ...{ name: 'evaluations', id: evaluationId, headOf: evaluationHeadOf },
    document: (file) => documentIn(folder, file, evaluationResult.nullable(), null),
  })
  const recordFile = (id: string) => kept.fileOf(id).replace(/\.json$/, '.records')
  const unwritable = (error: unknown): Result<never> =>
    fail({ kind: 'state-unwritable', folder, detail: (error as Error).message })

  function forgetOld(): void {
    for (const { evaluationId: id } of kept.heads().slice(evaluationsKept)) {
      for (const file of [kept.fileOf(id), `${kept.fileOf(id)}.last`, recordFile(id)]) rmSync(file, { force: true })
    }
  }

  return {
    list: kept.heads,
    read: kept.read,
    save(result) {
      const saved = kept.write(result.evaluationId, result)
      if (saved.ok && kept.ids().length > evaluationsKept) forgetOld()
      return saved
    },
    records(id) {
      try {
        return ok(recordsIn(readFileSync(recordFile(id), 'utf8')))
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'ENOENT' ? ok([]) : unwritable(error)
      }
    },
    openRecords(id) {
      try {
        return ok(writerTo(join(folder, 'evaluations'), recordFile(id), unwritable))
      } catch (error) {
        return unwritable(error)
      }
    },
  }
}

function recordsIn(text: string): EvaluationRecord[] {
  const byItem = new Map<number, EvaluationRecord>()
  // What stands behind the last line end was cut short.
  for (const line of text.split('\n').slice(0, -1)) {
    const read = evaluationRecord.safeParse(jsonIn(line))
    if (read.success) byItem.set(read.data.item, read.data)
  }
  return [...byItem.values()].sort((a, b) => a.item - b.item)
}

function writerTo(folder: string, file: string, unwritable: (error: unknown) => Result<never>): RecordWriter {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const descriptor = openSync(file, 'a+', 0o600)
  dropCutLine(descriptor)
  syncFolder(folder)
  let isClosed = false
  return {
    append(record) {
      if (isClosed) throw new Error('an answer after the records were closed')
      try {
        writeEveryByte(descriptor, Buffer.from(`${JSON.stringify(record)}\n`))
        fsyncSync(descriptor)
        return ok(undefined)
      } catch (error) {
        return unwritable(error)
      }
    },
    close() {
      if (!isClosed) closeSync(descriptor)
      isClosed = true
    },
  }
}

/** What comes next must not stand in one line with it. */
function dropCutLine(descriptor: number): void {
  const bytes = readFileSync(descriptor)
  const end = bytes.lastIndexOf('\n') + 1
  if (end < bytes.length) ftruncateSync(descriptor, end)
}
