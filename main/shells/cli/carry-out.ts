// A plan from being shown to its verdict: what a setup does with it, and what goes back does.
import type { Target } from '../../../shared/contract/contract.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type Plan, planCounts } from '../../../shared/domain/plan.ts'
import { unagreedPrivileges } from '../../../shared/domain/privilege.ts'
import { stateAfter } from '../../../shared/domain/run.ts'
import type { Words } from '../../../shared/words/words.ts'
import { weakBattery } from '../../console-host/weak-battery.ts'
import { verdictExitCodes } from '../../terminal/exit-codes.ts'
import { approved, toApprove } from './approval.ts'
import { figures, proofIn } from './figures.ts'
import { followRun, type Verified } from './follow-run.ts'
import { verdictLines } from './show.ts'
import { planLines } from './show-plan.ts'
import type { VerbWork } from './work.ts'

/** Uploads above this take minutes on a hospital's network. */
const longUploadBytes = 1024 * 1024 * 1024

export async function carryOut(work: VerbWork, target: Target, plan: Plan): Promise<Result<number>> {
  const { invocation, terminal, words } = work
  const shown = showPlan(work, plan)
  if (!shown.ok) return shown
  const unagreed = unagreedPrivileges(plan.privileges ?? [], invocation.allowPrivilege)
  if (unagreed.length > 0) return fail({ kind: 'privilege-not-agreed', privileges: unagreed })
  const approval = await approved(work, toApprove(plan), invocation)
  if (!approval.ok) return approval
  await warnOfBattery(work, plan)
  const followed = await followRun(work, plan, target, invocation)
  if (!followed.ok) return followed
  const { ended, verified } = followed.value
  for (const line of outcomeLines(verified, words)) terminal.say(line)
  const { changed, unchanged, sentBytes, run } = ended
  const verdict = stateAfter(verified)
  terminal.result({ verdict, ...figures(proofIn(verified.verdict)), changed, unchanged, sentBytes, runId: run })
  return ok(verdictExitCodes[verdict])
}

/** Fails with what stands in its way. */
export function showPlan({ invocation, terminal, words }: VerbWork, plan: Plan): Result<void> {
  const { target } = invocation
  const called = target.by === 'name' ? target.name : undefined
  for (const line of planLines(plan, words, called)) terminal.say(line)
  const [blocker] = plan.blockers
  return blocker === undefined ? ok(undefined) : fail(blocker)
}

async function warnOfBattery({ terminal, words }: VerbWork, { steps }: Plan): Promise<void> {
  const percent = planCounts(steps).uploadBytes > longUploadBytes ? await weakBattery() : undefined
  if (percent !== undefined) terminal.say(words.cli.weakBattery(percent))
}

function outcomeLines(verified: Verified, words: Words): string[] {
  const lines = verdictLines(verified.verdict, words)
  if (verified.stillToDo.length === 0) return lines
  const left = words.cli.stillToDo(verified.stillToDo.join(', '))
  const state = stateAfter(verified)
  // Where what is left decides, it is the reason of the verdict, and stands in the place of the old one.
  return state === verified.verdict.state
    ? [...lines, left]
    : [words.cli.pair(words.verdicts[state], left), ...lines.slice(1)]
}
