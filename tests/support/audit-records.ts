// An audit file as tests look at it: whole, or as the acts that were asked for.
import { existsSync, readFileSync } from 'node:fs'
import { ownActs } from '../../shared/domain/audit-own-acts.ts'
import type { SealedRecord } from '../../shared/domain/audit-record.ts'

const own: ReadonlySet<string> = new Set(Object.values(ownActs))

/** None where there is no file. */
export function recordsIn(file: string): SealedRecord[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as SealedRecord)
}

/** Without what the chain adds to a line, without its own records, and without the ends of acts. */
export function auditedActs(records: readonly SealedRecord[]): Record<string, unknown>[] {
  const acts = records.filter(({ act, ends }) => ends === undefined && !own.has(act))
  return acts.map(({ at, who, act, demo, input }) => ({ at, who, act, ...(demo && { demo }), input }))
}
