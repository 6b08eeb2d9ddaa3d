// The audit file: one JSON line per changing call, on disk before the call acts. No line, no act.
// A line that was cut short, by a full disk or a power cut, stays a line of its own.
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { syncFolder, writeEveryByte } from './folder.ts'

export type AuditLine = {
  /** UTC, ISO 8601. */
  readonly at: string
  readonly who: string
  readonly act: string
  /** It is about a demo appliance. */
  readonly demo?: true
  /** The call's checked input. Contract inputs hold ids, addresses and fingerprints, never secrets. */
  readonly input: unknown
}

export type Audit = { append(line: AuditLine): Result<void> }

const secondLookMs = 20

export function openAudit(stateFolder: string): Audit {
  const file = join(stateFolder, 'audit.jsonl')
  return {
    append(line) {
      try {
        mkdirSync(stateFolder, { recursive: true, mode: 0o700 })
        const descriptor = openSync(file, 'a+', 0o600)
        try {
          const { size } = fstatSync(descriptor)
          const start = endsCut(descriptor) ? '\n' : ''
          writeEveryByte(descriptor, Buffer.from(`${start}${JSON.stringify(line)}\n`))
          fsyncSync(descriptor)
          if (size === 0) syncFolder(stateFolder)
        } finally {
          closeSync(descriptor)
        }
        return ok(undefined)
      } catch (error) {
        return fail({ kind: 'audit-unwritable', detail: (error as Error).message })
      }
    },
  }
}

/** A line that another process is just writing looks cut too, so what looks cut is looked at once more. */
function endsCut(descriptor: number): boolean {
  if (!endsWithinLine(descriptor, fstatSync(descriptor).size)) return false
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, secondLookMs)
  return endsWithinLine(descriptor, fstatSync(descriptor).size)
}

function endsWithinLine(descriptor: number, size: number): boolean {
  const last = Buffer.alloc(1)
  return size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last.toString() !== '\n'
}
