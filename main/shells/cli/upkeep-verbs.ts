// What becomes of a stack: back to a kept version, away altogether, compared with what it was, and its last run.
import type { Target } from '../../../shared/contract/contract.ts'
import type { VersionSummary } from '../../../shared/contract/upkeep.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { keptDataOf, type Plan } from '../../../shared/domain/plan.ts'
import { stateAfter } from '../../../shared/domain/run.ts'
import { driftText } from '../../../shared/words/language.ts'
import { verdictExitCodes } from '../../terminal/exit-codes.ts'
import { typedAnswer } from '../../terminal/terminal.ts'
import { approved } from './approval.ts'
import { followRun } from './follow-run.ts'
import { planLines, verdictLines } from './show.ts'
import { flat, type VerbWork } from './work.ts'

const shownDigits = 12

/** Without a version it shows which ones there are. */
export async function rollback(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation, terminal, words } = work
  const versions = await flat('upkeep.versions', client.product.upkeep.versions({ target }))
  if (!versions.ok) return versions
  const { to } = invocation
  if (to === undefined) {
    for (const one of versions.value) terminal.say(versionLine(one, work))
    if (versions.value.length === 0) terminal.say(words.upkeep.noVersions)
    terminal.result({ versions: versions.value })
    return ok(0)
  }
  const wanted = versions.value.filter((one) => !one.inService && isMeant(one, to, invocation.deployment))
  const [version, another] = wanted
  if (version === undefined || another !== undefined) {
    const known = versions.value.filter((one) => !one.inService).map(nameOf)
    return fail({ kind: 'version-unknown', deployment: invocation.deployment ?? '*', version: to, known })
  }
  const { deployment, specDigest } = version
  const { soakSeconds } = invocation
  const made = await flat(
    'upkeep.planRollBack',
    client.product.upkeep.planRollBack({ target, deployment, specDigest, soakSeconds }),
  )
  return made.ok ? carryOut(work, target, made.value) : made
}

function nameOf({ deployment, version, specDigest }: VersionSummary): string {
  return `${deployment} ${version} ${specDigest.slice(0, shownDigits)}`
}

function versionLine(one: VersionSummary, { words }: VerbWork): string {
  return `  ${one.inService ? '*' : ' '} ${words.cli.pair(nameOf(one), one.keptAt)}`
}

/** By its version, or by the beginning of the digest that stands beside it. */
function isMeant({ deployment, version, specDigest }: VersionSummary, to: string, wanted: string | undefined): boolean {
  const byDigest = /^[0-9a-f]{8,64}$/.test(to) && specDigest.startsWith(to)
  return (wanted === undefined || wanted === deployment) && (version === to || byDigest)
}

export async function uninstall(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation, terminal, words } = work
  const made = await flat(
    'upkeep.planUninstall',
    client.product.upkeep.planUninstall({ target, deletesData: invocation.deletesData }),
  )
  if (!made.ok) return made
  const plan = made.value
  for (const line of planLines(plan, words)) terminal.say(line)
  const [blocker] = plan.blockers
  if (blocker !== undefined) return fail(blocker)
  if (plan.steps.every((step) => !step.change)) {
    terminal.say(words.upkeep.nothingOfOurs)
    terminal.result({ changed: 0, unchanged: plan.steps.length })
    return ok(0)
  }
  terminal.say(invocation.deletesData ? words.upkeep.dataGoes : words.upkeep.dataStays)
  const typed = invocation.typeHost ?? (await typedAnswer(words.trust.typeHost(plan.address.host)))
  if (typed === undefined) return fail({ kind: 'host-not-typed', asked: plan.address.host })
  const followed = await followRun(work, plan, target, { typedHost: typed, takesOver: invocation.takesOver })
  if (!followed.ok) return followed
  const { ended, verified } = followed.value
  const left = verified.stillToDo
  const keeps = plan.steps.flatMap(keptDataOf)
  const gone = keeps.length === 0 ? words.upkeep.uninstalled : words.upkeep.uninstalledButData(keeps.join(', '))
  terminal.say(left.length === 0 ? gone : words.cli.stillToDo(left.join(', ')))
  terminal.result({ changed: ended.changed, unchanged: ended.unchanged, left, runId: ended.run })
  return ok(left.length === 0 ? 0 : verdictExitCodes.degraded)
}

async function carryOut(work: VerbWork, target: Target, plan: Plan): Promise<Result<number>> {
  const { invocation, terminal, words } = work
  for (const line of planLines(plan, words)) terminal.say(line)
  const [blocker] = plan.blockers
  if (blocker !== undefined) return fail(blocker)
  const approval = await approved(work, plan, invocation.yes)
  if (!approval.ok) return approval
  const { rules, takesOver } = invocation
  const followed = await followRun(work, plan, target, { rules, takesOver })
  if (!followed.ok) return followed
  const { ended, verified } = followed.value
  for (const line of verdictLines(verified.verdict, words)) terminal.say(line)
  const verdict = stateAfter(verified)
  terminal.result({ verdict, changed: ended.changed, unchanged: ended.unchanged, runId: ended.run })
  return ok(verdictExitCodes[verdict])
}

export async function drift(
  { client, invocation, terminal, words }: VerbWork,
  target: Target,
): Promise<Result<number>> {
  const { upkeep } = client.product
  const found = invocation.accept
    ? await flat('upkeep.acceptDrift', upkeep.acceptDrift({ target }))
    : await flat('upkeep.drift', upkeep.drift({ target }))
  if (!found.ok) return found
  for (const one of found.value) terminal.say(`  ${driftText(one, words)}`)
  if (found.value.length === 0) terminal.say(words.upkeep.noDrift)
  terminal.result({ drift: found.value })
  return ok(found.value.length === 0 ? 0 : verdictExitCodes.degraded)
}

export async function runs({ client, terminal, words }: VerbWork, target: Target): Promise<Result<number>> {
  const last = await flat('setup.lastRun', client.product.setup.lastRun({ target }))
  if (!last.ok) return last
  const run = last.value
  if (run === null) terminal.say(words.upkeep.noRunThere)
  else {
    terminal.say(words.upkeep.lastRun[run.state](run.who, run.beganAt, run.run))
    for (const { step, outcome } of run.steps) {
      terminal.say(`  ${words.cli.pair(step, words.upkeep.outcomes[outcome ?? 'open'])}`)
    }
  }
  terminal.result({ lastRun: run })
  return ok(0)
}
