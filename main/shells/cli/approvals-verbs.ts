// Approvals from a terminal: what waits for a second person, and what that person says.
import type { Approval } from '../../../shared/domain/approval.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { ApprovalsInvocation } from './operators-arguments.ts'
import { flat, type Work } from './work.ts'

/** Exit code, or the failure that ended the command. */
export async function runApprovals(work: Work, line: ApprovalsInvocation): Promise<Result<number>> {
  const { approvals } = work.client.product
  const { words } = work
  if (line.act === 'list') return list(work)
  const { subject } = line
  if (line.act === 'give') {
    return told(work, approvals.give({ subject, digest: line.digest }), words.operators.given(subject))
  }
  if (line.act === 'refuse') {
    const reason = line.note === undefined ? {} : { reason: line.note }
    return told(work, approvals.refuse({ subject, ...reason }), words.operators.refused(subject))
  }
  const note = line.note === undefined ? {} : { note: line.note }
  return told(work, approvals.ask({ subject, ...note }), words.operators.asked(subject))
}

async function told(work: Work, answer: Promise<Result<Approval>>, text: string): Promise<Result<number>> {
  const done = await flat('approvals', answer)
  if (!done.ok) return done
  work.terminal.say(text)
  work.terminal.result(done.value)
  return ok(0)
}

async function list(work: Work): Promise<Result<number>> {
  const { terminal, words } = work
  const known = await flat('approvals.list', work.client.product.approvals.list({}))
  if (!known.ok) return known
  for (const one of known.value) for (const line of approvalLines(one, work)) terminal.say(line)
  if (known.value.length === 0) terminal.say(words.cli.none)
  terminal.result({ approvals: known.value })
  return ok(0)
}

function approvalLines(one: Approval, { words }: Work): string[] {
  const { operators, cli } = words
  const decided = one.decidedBy === undefined ? [] : [operators.decidedBy(one.decidedBy, one.decidedAt ?? '')]
  const told = [
    operators.approvalStates[one.state],
    cli.list(one.appliances),
    operators.askedBy(one.askedBy, one.askedAt),
  ]
  return [
    cli.pair(one.subject, cli.list([...told, ...decided])),
    ...[one.note, one.reason].flatMap((text) => (text === undefined ? [] : [`  ${text}`])),
    `  ${cli.pair(operators.digest, one.digest)}`,
  ]
}
