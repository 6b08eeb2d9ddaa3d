// A rollout from its approval to its end, as the calls of the contract see it: begun once, joined and followed by
// anybody, cancelled by a person. Appliances with nothing to do are looked at meanwhile, so that all have a verdict.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { unacceptedTerms } from '../../../shared/domain/licence-terms.ts'
import { isSetUp } from '../../../shared/domain/plan.ts'
import { newPrivileges } from '../../../shared/domain/privilege.ts'
import { isGood, type Rollout, type RolloutEvent } from '../../../shared/domain/rollout.ts'
import { localAddressText } from '../../../shared/domain/service-address.ts'
import { status } from '../appliances.ts'
import type { CallContext, Core } from '../context.ts'
import { wakeAll } from '../newest-value.ts'
import { approvedOf } from '../operators/approvals.ts'
import { refuse } from '../refusal.ts'
import { eventsOf } from '../runs/console-runs.ts'
import { plansAtWork, takeTurns } from './rollout-turns.ts'
import { type KeptRollout, setStand, stopRollout, tell } from './rollouts.ts'
import { sideBySide, withinSeconds } from './side-by-side.ts'

/** Longer than any proof takes. */
const proofSeconds = 300

type Named = { readonly rolloutId: string }

/** Throws a refusal for what stands in its way; one that goes on is joined, one that ended is told again. */
export async function* applyRollout(
  context: CallContext,
  { rolloutId, accepts = [] }: Named & { readonly accepts?: readonly string[] | undefined },
  signal?: AbortSignal,
): AsyncGenerator<RolloutEvent> {
  const found = context.core.rollouts.find(rolloutId)
  const begun = found.ok ? begin(context, found.value, accepts) : found
  if (!begun.ok) throw refuse(begun.failure)
  yield* eventsOf(begun.value, signal)
}

export async function* followRollout(
  core: Core,
  { rolloutId }: Named,
  signal?: AbortSignal,
): AsyncGenerator<RolloutEvent> {
  const found = core.rollouts.find(rolloutId)
  if (found.ok) yield* eventsOf(found.value, signal)
}

export function readRollout(core: Core, { rolloutId }: Named): Result<Rollout> {
  const found = core.rollouts.find(rolloutId)
  return found.ok ? ok(found.value.rollout) : found
}

export function listRollouts(core: Core): Result<Rollout[]> {
  return ok(core.rollouts.all().map((one) => one.rollout))
}

export function cancelRollout(core: Core, { rolloutId }: Named): Result<{ running: boolean }> {
  const found = core.rollouts.find(rolloutId)
  if (!found.ok) return found
  const kept = found.value
  const running = kept.rollout.state === 'running'
  if (running) {
    stopRollout(kept)
    for (const plan of plansAtWork(kept)) core.consoleRuns.cancel(plan)
  }
  return ok({ running })
}

function begin(context: CallContext, kept: KeptRollout, accepts: readonly string[]): Result<KeptRollout> {
  const { core, operator } = context
  const { rollout } = kept
  if (rollout.state !== 'planned') return ok(kept)
  const terms = [...kept.plans.values()].flatMap(({ licences = [] }) => licences)
  const licences = unacceptedTerms(terms, accepts)
  if (licences.length > 0) return fail({ kind: 'licence-not-accepted', licences })
  // What would be opened anew is agreed to appliance by appliance.
  const openings = [...kept.plans.values()].flatMap((plan) => plan.openings ?? []).map(localAddressText)
  if (openings.length > 0) return fail({ kind: 'opening-not-agreed', openings })
  const privileges = [...new Set([...kept.plans.values()].flatMap((plan) => newPrivileges(plan.privileges ?? [])))]
  if (privileges.length > 0) return fail({ kind: 'privilege-not-agreed', privileges })
  // So is what nobody vouches for any more.
  const expired = [...kept.plans.values()].flatMap((plan) => (isSetUp(plan) ? (plan.purpose.expired ?? []) : []))[0]
  if (expired !== undefined) {
    return fail({ kind: 'bundle-expired', publisher: expired.publisher, expires: expired.until })
  }
  const approved = approvedOf(core, context.who, rollout.id)
  if (!approved.ok) return approved
  if (core.rollouts.isClosed()) return fail({ kind: 'cancelled', at: 'the end of the console' })
  const other = core.rollouts.all().find((one) => one.rollout.state === 'running' && shareMembers(one.rollout, rollout))
  if (other !== undefined) return fail({ kind: 'console-busy', what: 'rollout', since: other.rollout.startedAt ?? '' })
  const members = rollout.members.map((one) =>
    one.stand.state === 'planned' ? { ...one, stand: { state: 'waiting' as const } } : one,
  )
  kept.rollout = { ...rollout, members, state: 'running', startedAt: core.tools.now() }
  kept.operator = operator
  kept.accepts = accepts
  tell(kept, { event: 'rollout-begin', rollout: kept.rollout })
  void carryOutAll(context, kept)
  return ok(kept)
}

function shareMembers(one: Rollout, other: Rollout): boolean {
  const withRing = ({ members }: Rollout) => members.flatMap(({ name, ring }) => (ring === undefined ? [] : [name]))
  const names = withRing(one)
  return withRing(other).some((name) => names.includes(name))
}

async function carryOutAll(context: CallContext, kept: KeptRollout): Promise<void> {
  for (const ended of await Promise.allSettled([takeTurns(context, kept), proveOthers(context, kept)])) {
    if (ended.status === 'rejected') kept.broke ??= { error: ended.reason }
  }
  const { opensAt: _, ...rollout } = kept.rollout
  kept.rollout = { ...rollout, state: stateInTheEnd(kept) }
  tell(kept, { event: 'rollout-end', rollout: kept.rollout })
  kept.over = true
  wakeAll(kept.wake)
}

function stateInTheEnd({ rollout: { members }, stop }: KeptRollout): Rollout['state'] {
  const ended = members.every(({ ring, stand }) => ring === undefined || isGood(stand))
  if (ended) return 'done'
  return stop.signal.aborted ? 'cancelled' : 'stopped'
}

/** What nothing is done to is proven as well; one that cannot be looked at is not known to be well. */
async function proveOthers({ core }: CallContext, kept: KeptRollout): Promise<void> {
  const { tools } = core
  const others = kept.rollout.members.filter(({ stand }) => stand.state === 'nothing-to-do')
  await sideBySide(others, tools, async ({ name }) => {
    const proving = status(core, { by: 'name', name })
    const proven = await withinSeconds(proofSeconds, { what: 'its verdict', pause: tools.pause }, proving)
    const verdict = proven.ok ? proven.value.state : 'unknown'
    setStand(kept, name, { state: 'nothing-to-do', verdict }, tools.clock())
  })
}
