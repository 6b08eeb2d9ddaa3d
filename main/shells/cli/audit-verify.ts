// `rackside audit verify`: works on files alone, with no console and no network, so that whoever doubts the console can do it
// on another computer.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Words } from '../../../shared/words/words.ts'
import { verifyAuditAt } from '../../core/audit/verify-at.ts'
import { auditBrokenExitCode } from '../../terminal/exit-codes.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import type { AuditVerifyLine } from './audit-arguments.ts'

type Work = { readonly terminal: Terminal; readonly words: Words }

/** `own`: the state folder of this console. */
export function verifyOffline({ terminal, words }: Work, line: AuditVerifyLine, own: string): Result<number> {
  const verified = verifyAuditAt({ ...line, place: line.place ?? own })
  if (!verified.ok) return verified
  const report = verified.value
  const { problems, notes, checkpoints } = report
  const { audit } = words
  terminal.say(problems.length === 0 ? audit.intact(report) : audit.broken(problems.length))
  for (const one of problems) terminal.say(`  ${audit.problems[one.kind](one)}`)
  if (checkpoints.agree > 0) terminal.say(audit.agree(checkpoints))
  for (const one of notes) terminal.say(`  ${audit.notes[one.kind](one)}`)
  terminal.result(report)
  return ok(problems.length === 0 ? 0 : auditBrokenExitCode)
}
