// The verifier over files that somebody names: an audit, checkpoints that lay elsewhere, copies that appliances kept.
import { basename } from 'node:path'
import type { AuditCheckpoint } from '../../../shared/domain/audit-checkpoint.ts'
import type { AuditReport } from '../../../shared/domain/audit-report.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { auditBytes, gathered, givenCheckpoints, materialAt } from '../../store/audit/audit-files.ts'
import { verifyAudit } from '../../store/audit/verify-audit.ts'

export type VerifyAt = {
  /** A state folder, a copy of one, or one file. */
  readonly place: string
  readonly checkpoints: readonly string[]
  readonly copies: readonly string[]
}

export function verifyAuditAt({ place, checkpoints, copies }: VerifyAt): Result<AuditReport> {
  const given: AuditCheckpoint[] = []
  for (const file of checkpoints) {
    const read = givenCheckpoints(file)
    if (!read.ok) return read
    given.push(...read.value)
  }
  const verified = gathered(place, () => {
    const copied = copies.map((file) => ({ file: basename(file), bytes: auditBytes(file) }))
    const material = materialAt(place, { given, copies: copied })
    if (!material.ok) return material
    const report = verifyAudit(material.value)
    // An empty folder is no audit that is in order.
    const isNothing = report.records === 0 && report.problems.length === 0
    return isNothing ? fail({ kind: 'audit-unreadable', file: place, detail: 'there is no record in it' }) : ok(report)
  })
  return verified.ok ? verified.value : verified
}
