// What becomes of a stack: back to a kept version, away altogether, compared with what it was, and its last run.
import type { Target } from '../../../shared/contract/contract.ts'
import type { VersionSummary } from '../../../shared/contract/upkeep.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { keptDataOf } from '../../../shared/domain/plan.ts'
import { driftText } from '../../../shared/words/language.ts'
import { verdictExitCodes } from '../../terminal/exit-codes.ts'
import { usage } from '../../terminal/option-words.ts'
import { typedAnswer } from '../../terminal/terminal.ts'
import { carryOut, showPlan } from './carry-out.ts'
import { followRun } from './follow-run.ts'
import { flat, type VerbWork } from './work.ts'

const shownDigits = 12

/** Without a version it shows which ones there are. */
export async function rollback(work: VerbWork, target: Target): Promise<Result<number>> {
  const { client, invocation, terminal } = work
  const versions = await flat('upkeep.versions', client.product.upkeep.versions({ target }))
  if (!versions.ok) return versions
  const { to } = invocation
  if (to === undefined) {
    for (const line of versionLines(versions.value, work)) terminal.say(line)
    terminal.result({ versions: versions.value })
    return ok(0)
  }
  const found = versionMeant(versions.value, to, invocation.deployment)
  if (!found.ok) return found
  const { deployment, specDigest } = found.value
  const { soakSeconds } = invocation
  const takeFrom = invocation.takeFrom.length > 0 ? { takeFrom: [...invocation.takeFrom] } : {}
  const made = await flat(
    'upkeep.planRollBack',
    client.product.upkeep.planRollBack({ target, deployment, specDigest, soakSeconds, ...takeFrom }),
  )
  return made.ok ? carryOut(work, target, made.value) : made
}

function versionMeant(
  versions: readonly VersionSummary[],
  to: string,
  deployment: string | undefined,
): Result<VersionSummary> {
  const others = versions.filter((one) => !one.inService)
  const [version, ...more] = others.filter((one) => isMeant(one, to, deployment))
  const deployments = (of: readonly VersionSummary[]) => [...new Set(of.map((one) => one.deployment))].join(', ')
  if (version !== undefined && more.length === 0) return ok(version)
  if (version !== undefined) return usage('deployment-needed', to, { other: deployments([version, ...more]) })
  const asked = deployment ?? deployments(versions)
  return fail({ kind: 'version-unknown', deployment: asked, version: to, known: others.map(nameOf) })
}

function nameOf({ deployment, version, specDigest }: VersionSummary): string {
  return `${deployment} ${version} ${specDigest.slice(0, shownDigits)}`
}

export function versionLines(versions: readonly VersionSummary[], { words }: Pick<VerbWork, 'words'>): string[] {
  const { cli, upkeep } = words
  if (versions.length === 0) return [upkeep.noVersions]
  const line = (one: VersionSummary) => {
    const mark = one.takenBack === true ? ` (${upkeep.takenBack})` : ''
    return `  ${one.inService ? '*' : ' '} ${cli.pair(nameOf(one), one.keptAt)}${mark}`
  }
  const hasEarlier = versions.some((one) => !one.inService)
  return [hasEarlier ? upkeep.keptVersions : upkeep.noEarlier, ...versions.map(line)]
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
  const shown = showPlan(work, plan)
  if (!shown.ok) return shown
  if (plan.steps.every((step) => !step.change)) {
    terminal.say(words.upkeep.nothingOfOurs)
    terminal.result({ changed: 0, unchanged: plan.steps.length })
    return ok(0)
  }
  terminal.say(invocation.deletesData ? words.upkeep.dataGoes : words.upkeep.dataStays)
  // What it is called on this command line is what is typed again.
  const name = invocation.target.by === 'name' ? invocation.target.name : plan.address.host
  const typed = invocation.typeHost ?? (await typedAnswer(words.upkeep.typeName(name)))
  if (typed === undefined) return fail({ kind: 'host-not-typed', asked: name })
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

export async function drift(
  { client, invocation, terminal, words }: VerbWork,
  target: Target,
): Promise<Result<number>> {
  const { upkeep } = client.product
  const found = invocation.accept
    ? await flat('upkeep.acceptDrift', upkeep.acceptDrift({ target }))
    : await flat('upkeep.drift', upkeep.drift({ target }))
  if (!found.ok) return found
  // What is set up is kept there; of nothing nothing differs.
  const kept = found.value.length > 0 ? undefined : await flat('upkeep.versions', upkeep.versions({ target }))
  if (kept?.ok === false) return kept
  const setUp = kept === undefined || kept.value.length > 0
  for (const one of found.value) terminal.say(`  ${driftText(one, words)}`)
  if (found.value.length === 0) terminal.say(setUp ? words.upkeep.noDrift : words.upkeep.nothingSetUp)
  terminal.result({ drift: found.value, setUp })
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
