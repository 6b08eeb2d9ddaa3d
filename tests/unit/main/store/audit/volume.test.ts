// Six months and six years of acts: segments follow one another without a break, what is older than it is kept goes, and what
// is left passes the verifier (P65).
import { describe, expect, it } from 'vitest'
import { openAudit } from '../../../../../main/store/audit/audit.ts'
import { auditPlaces, closedEpochs } from '../../../../../main/store/audit/audit-places.ts'
import { verifyAudit } from '../../../../../main/store/audit/verify-audit.ts'
import type { AuditCheckpoint } from '../../../../../shared/domain/audit-checkpoint.ts'
import { materialIn } from '../../../../support/audit-mutations.ts'
import { count, isFullSweep } from '../../../../support/sweep.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const dayMs = 86_400_000
const actsADay = isFullSweep ? 200 : 4
const beganMs = Date.UTC(2026, 0, 1, 8)
const dayAt = (day: number) => new Date(beganMs + day * dayMs).toISOString()

type Wrote = { readonly folder: string; readonly checkpoints: readonly AuditCheckpoint[]; readonly records: number }

/** A checkpoint each week, as somebody would keep them elsewhere. */
function write(days: number, { segmentBytes, keptDays }: { segmentBytes: number; keptDays: number }): Wrote {
  const folder = temporaryFolder()
  const audit = openAudit(folder, { segmentBytes })
  const checkpoints: AuditCheckpoint[] = []
  let records = 0
  for (let day = 0; day < days; day += 1) {
    const at = dayAt(day)
    for (let i = 0; i < actsADay; i += 1) {
      const line = {
        at,
        who: `person-${i % 7}`,
        role: 'operator',
        act: 'plan-apply',
        input: { planId: `plan-${day}-${i}` },
      }
      const begun = audit.append(line)
      if (!begun.ok) throw new Error(JSON.stringify(begun.failure))
      expect(audit.append({ ...line, ends: { number: begun.value.number, result: 'ok' }, input: {} }).ok).toBe(true)
      records += 2
    }
    if (day % 7 !== 6) continue
    const made = audit.checkpoint(at)
    if (made.ok && made.value !== undefined) checkpoints.push(made.value)
    audit.retain(at, keptDays)
  }
  count('acts of a simulated volume', records / 2)
  return { folder, checkpoints, records }
}

describe('an audit of six months', () => {
  it(
    'has every record, in segments by month and by size, and every checkpoint agrees',
    () => {
      const { folder, checkpoints, records } = write(183, {
        segmentBytes: isFullSweep ? 4 * 2 ** 20 : 40_000,
        keptDays: 183,
      })
      const report = verifyAudit(materialIn(folder, checkpoints))
      expect([report.problems, report.notes]).toEqual([[], []])
      expect(report.checkpoints.agree).toBe(checkpoints.length)
      const segments = closedEpochs(auditPlaces(folder)).length
      expect(segments).toBeGreaterThanOrEqual(6)
      // Each segment but the last has a record of its end, and each one of its beginning.
      expect(report.records).toBe(records + 2 * segments + 1)
    },
    isFullSweep ? 1_800_000 : 60_000,
  )
})

describe('an audit of a year and more, of which six months are kept', () => {
  it(
    'begins where it says it does, and checkpoints of before are known to be of what was removed',
    () => {
      const { folder, checkpoints } = write(400, { segmentBytes: isFullSweep ? 2 ** 20 : 20_000, keptDays: 183 })
      const report = verifyAudit(materialIn(folder, checkpoints))
      expect(report.problems).toEqual([])
      expect(report.first).toBeGreaterThan(1)
      expect(new Set(report.notes.map(({ kind }) => kind))).toEqual(new Set(['removed', 'checkpoint-of-removed']))
      const oldest = verifyAudit(materialIn(folder)).first
      expect(oldest).toBe(report.first)
    },
    isFullSweep ? 1_800_000 : 60_000,
  )
})
