// A second person's word for a plan. It is bound to the digest of what was shown, counts for a day, and never comes from
// whoever asked for it nor from whoever applies.
import { type Approval, approvalHours } from '../../../shared/domain/approval.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { newPrivileges } from '../../../shared/domain/privilege.ts'
import { isWithinGrant } from '../../../shared/domain/role.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'
import type { CallContext, Core } from '../context.ts'
import { readPlan } from '../runs/read-plan.ts'
import type { Who } from './caller.ts'

const mostKept = 500
const keptDays = 30
/** Of one person at once. */
const mostWaiting = 20

type Subject = Pick<Approval, 'subject' | 'digest' | 'appliances'>

export function listApprovals({ core, who }: CallContext): Result<Approval[]> {
  const kept = core.state.approvals.read()
  if (!kept.ok) return kept
  const shown = kept.value.map((one) => asOfNow(core, one))
  const isVendor = who.session !== undefined && isWithinGrant(who.roles, 'look-granted')
  return ok(isVendor ? shown.filter(({ askedBy }) => askedBy === who.operator) : shown)
}

function asOfNow(core: Core, one: Approval): Approval {
  const since = Date.parse(core.tools.now()) - Date.parse(one.decidedAt ?? one.askedAt)
  const isOver = since >= approvalHours * 3_600_000
  return isOver && (one.state === 'given' || one.state === 'waiting') ? { ...one, state: 'expired' } : one
}

export function askApproval(
  { core, who }: CallContext,
  { subject, note }: { readonly subject: string; readonly note?: string | undefined },
): Result<Approval> {
  const about = subjectOf(core, subject)
  if (!about.ok) return about
  const kept = core.state.approvals.read()
  if (!kept.ok) return kept
  const now = kept.value.map((one) => asOfNow(core, one))
  // What was said of exactly this stands: asking once more takes nothing of it back.
  const before = now.find((one) => one.subject === subject && one.digest === about.value.digest)
  if (before !== undefined && (before.state === 'waiting' || before.state === 'given')) return ok(before)
  const own = now.filter(({ askedBy, state }) => askedBy === who.operator && state === 'waiting')
  if (own.length >= mostWaiting) return needed(subject, 'too-many')
  const asked: Approval = {
    ...{ subject, digest: about.value.digest, appliances: about.value.appliances },
    ...{ askedBy: who.operator, askedAt: core.tools.now(), state: 'waiting' },
    ...(note && { note }),
  }
  return keep(core, asked)
}

export function giveApproval(
  { core, who }: CallContext,
  { subject, digest }: { readonly subject: string; readonly digest: string },
): Result<Approval> {
  return decide({ core, who }, subject, (waiting, decided) => {
    if (waiting.digest !== digest) return fail({ kind: 'plan-unknown', planId: subject })
    return ok({ ...waiting, ...decided, state: 'given' })
  })
}

export function refuseApproval(
  context: CallContext,
  { subject, reason }: { readonly subject: string; readonly reason?: string | undefined },
): Result<Approval> {
  return decide(context, subject, (waiting, decided) =>
    ok({ ...waiting, ...decided, state: 'refused', ...(reason && { reason }) }),
  )
}

type Decided = { readonly decidedBy: string; readonly decidedAt: string }

function decide(
  { core, who }: Pick<CallContext, 'core' | 'who'>,
  subject: string,
  how: (waiting: Approval, decided: Decided) => Result<Approval>,
): Result<Approval> {
  const found = approvalOf(core, subject)
  if (!found.ok) return found
  if (found.value === undefined) return needed(subject, 'not-asked')
  if (found.value.askedBy === who.operator) return needed(subject, 'own')
  // Whoever has said yes can still say no before it is applied; a no is asked for anew.
  const { state } = found.value
  if (state === 'expired' || state === 'refused') return needed(subject, state)
  const decided = how(found.value, { decidedBy: who.operator, decidedAt: core.tools.now() })
  return decided.ok ? keep(core, decided.value) : decided
}

function needed(subject: string, why: Extract<Failure, { kind: 'second-person-needed' }>['why']): Result<never> {
  return fail({ kind: 'second-person-needed', subject, why })
}

function keep(core: Core, one: Approval): Result<Approval> {
  const kept = core.state.approvals.read()
  if (!kept.ok) return kept
  const oldest = Date.parse(core.tools.now()) - keptDays * 86_400_000
  const others = kept.value.filter(({ subject, askedAt }) => subject !== one.subject && Date.parse(askedAt) > oldest)
  const written = core.state.approvals.write([one, ...others].slice(0, mostKept))
  return written.ok ? ok(one) : written
}

function approvalOf(core: Core, subject: string): Result<Approval | undefined> {
  const kept = core.state.approvals.read()
  if (!kept.ok) return kept
  const found = kept.value.find((one) => one.subject === subject)
  return ok(found && asOfNow(core, found))
}

/** Nothing stands in the way of applying it: nobody has to be asked, or somebody else has approved of exactly this. */
export function approvedOf(core: Core, who: Who, subject: string): Result<void> {
  if (who.session === undefined) return ok(undefined)
  const { policy, operators } = who.session.file
  const isVendor = isWithinGrant(who.roles, 'deliver')
  if (!policy.twoPersons && !isVendor) return ok(undefined)
  const about = subjectOf(core, subject)
  if (!about.ok) return about
  // What a vendor's service gets beyond the limits of every container is never the vendor's own decision.
  if (!policy.twoPersons && !about.value.opensAnything) return ok(undefined)
  const kept = core.state.approvals.read()
  if (!kept.ok) return kept
  // Also where it was planned anew since: the same steps on the same appliance. The newest word counts.
  const same = kept.value.filter(({ digest }) => digest === about.value.digest).map((one) => asOfNow(core, one))
  const [newest] = same.sort((one, other) => spokenMs(other) - spokenMs(one))
  if (newest === undefined) return needed(subject, 'not-asked')
  if (newest.state !== 'given') return needed(subject, newest.state)
  if (newest.decidedBy === who.operator) return needed(subject, 'own-word')
  const approver = operators.find(({ name }) => name === newest.decidedBy)
  return approver?.roles.includes('approver') === true ? ok(undefined) : needed(subject, 'expired')
}

function spokenMs({ askedAt, decidedAt = askedAt }: Approval): number {
  return Date.parse(decidedAt)
}

type Known = Subject & { readonly opensAnything: boolean }

function subjectOf(core: Core, subject: string): Result<Known> {
  const kept = core.rollouts.all().find(({ rollout }) => rollout.id === subject)
  if (kept === undefined) return planSubject(core, subject)
  const plans = [...kept.plans.values()]
  const members = [...kept.plans].map(([name, { address, digest }]) => ({ name, address, digest }))
  const { rules } = kept.rollout
  const placed = kept.rollout.members.map(({ name, ring }) => ({ name, ring: ring ?? null }))
  return ok({
    subject,
    digest: core.tools.sha256(canonicalJson({ members, rules, placed })),
    appliances: kept.rollout.members.map(({ name }) => name),
    opensAnything: plans.some(opensAnything),
  })
}

/** More than what is there has already, or than the sums of memory allow. */
function opensAnything({ openings = [], privileges = [], ignoredFits = [] }: Plan): boolean {
  return openings.length + ignoredFits.length > 0 || newPrivileges(privileges).length > 0
}

function planSubject(core: Core, planId: string): Result<Known> {
  const plan = readPlan(core, planId)
  if (!plan.ok) return plan
  const { address } = plan.value
  const where = `${address.user}@${address.host}:${address.port}`
  const digest = core.tools.sha256(
    canonicalJson({ plan: plan.value.digest, where, ignoredFits: plan.value.ignoredFits ?? [] }),
  )
  const saved = core.state.appliances.read()
  const names = saved.ok ? saved.value.filter((one) => isThere(one, address)).map(({ name }) => name) : []
  const appliances = names.length > 0 ? names : [`${address.host}:${address.port}`]
  return ok({ subject: planId, digest, appliances, opensAnything: opensAnything(plan.value) })
}

function isThere(one: { readonly address: { host: string; port: number } }, address: { host: string; port: number }) {
  return one.address.host === address.host && one.address.port === address.port
}
