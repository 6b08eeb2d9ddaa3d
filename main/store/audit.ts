// The audit file: one JSON line per changing call, on disk before the call acts. No line, no act.
import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'

export type AuditLine = {
  /** UTC, ISO 8601. */
  readonly at: string
  readonly who: string
  readonly act: string
  /** The call's checked input. Contract inputs hold ids, addresses and fingerprints, never secrets. */
  readonly input: unknown
}

export type Audit = { append(line: AuditLine): Result<void> }

export function openAudit(stateFolder: string): Audit {
  const file = join(stateFolder, 'audit.jsonl')
  return {
    append(line) {
      try {
        mkdirSync(stateFolder, { recursive: true, mode: 0o700 })
        const descriptor = openSync(file, 'a', 0o600)
        try {
          writeSync(descriptor, `${JSON.stringify(line)}\n`)
          fsyncSync(descriptor)
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
