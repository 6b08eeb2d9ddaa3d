// What becomes of a stack after it was set up: plans that go back or take away, made from what the appliance itself
// keeps, and the comparison with how it was.
import { deployedContainer } from '../../../shared/apply/container.ts'
import type { Target } from '../../../shared/contract/contract.ts'
import type { VersionSummary } from '../../../shared/contract/upkeep.ts'
import { isAsked } from '../../../shared/domain/deployment.ts'
import type { Drift } from '../../../shared/domain/drift.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Kept } from '../../../shared/domain/kept.ts'
import { defaultSoakSeconds, type Plan } from '../../../shared/domain/plan.ts'
import { specLabel } from '../../../shared/domain/remote-layout.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import { baselineOf, driftOf } from '../../../shared/plan/drift.ts'
import { withItsParts } from '../../../shared/plan/roll-back.ts'
import { isTakenBack } from '../../../shared/plan/taken-back.ts'
import { makeUninstall } from '../../../shared/plan/uninstall.ts'
import { writeBaseline } from '../../apply/baseline.ts'
import { gatherMade } from '../../apply/made.ts'
import { typedIsHost } from '../access/kept-host-keys.ts'
import type { CallContext, Core } from '../context.ts'
import { refuse } from '../refusal.ts'
import { planTools, rollBackFrom } from './plan-now.ts'
import { readPlan } from './read-plan.ts'
import { applySetup } from './setup.ts'
import { withLook } from './with-look.ts'

export function listVersions(core: Core, target: Target): Promise<Result<VersionSummary[]>> {
  return withLook(core, target, ({ facts, kept }) => {
    const trust = core.state.trust.read()
    if (!trust.ok) return trust
    // Not what a replacement that was cut off left aside.
    const specOf = (deployment: string) => deployedContainer(deployment, facts)?.labels[specLabel]
    return ok(
      ownVersions(kept).map(({ keptAt, step }) => {
        const { spec, specDigest } = step
        const { deployment, entry, entryVersion: version } = spec
        const is = { deployment, entry, version, specDigest, keptAt, inService: specOf(deployment) === specDigest }
        return isTakenBack(step, trust.value.publishers) ? { ...is, takenBack: true as const } : is
      }),
    )
  })
}

/** A part goes back with its service, and never alone. */
function ownVersions({ versions }: Kept) {
  return versions.filter(({ step }) => isAsked(step.proof))
}

type RollBack = {
  readonly target: Target
  readonly deployment: string
  readonly specDigest: string
  readonly soakSeconds?: number | undefined
  readonly takeFrom?: string[] | undefined
}

export function planRollBack(core: Core, asked: RollBack): Promise<Result<Plan>> {
  const { target, deployment, specDigest, soakSeconds = defaultSoakSeconds, takeFrom } = asked
  return withLook(core, target, async ({ facts, kept, address }, connection) => {
    const all = ownVersions(kept).filter(({ step }) => step.spec.deployment === deployment)
    const found = all.find(({ step }) => step.specDigest === specDigest)
    if (found === undefined) {
      const known = all.map(({ step }) => evidence(step.spec.entryVersion, 60))
      return fail({ kind: 'version-unknown', deployment, version: specDigest.slice(0, 12), known })
    }
    const plan = await rollBackFrom(core, { connection, facts }, withItsParts(found, kept.versions), {
      address,
      soakSeconds,
      takeFrom,
    })
    return plan.ok ? save(core, plan.value) : plan
  })
}

type UninstallWish = { readonly target: Target; readonly deletesData: boolean }

export function planUninstall(core: Core, { target, deletesData }: UninstallWish): Promise<Result<Plan>> {
  return withLook(core, target, async ({ address, ...look }, connection) => {
    const made = await gatherMade(connection)
    if (!made.ok) return made
    const installed = { ...look, made: made.value }
    return save(core, makeUninstall(installed, { address, deletesData }, planTools(core)))
  })
}

function save(core: Core, plan: Plan): Result<Plan> {
  const saved = core.state.savePlan(plan)
  return saved.ok ? ok(plan) : saved
}

type Uninstall = {
  readonly planId: string
  readonly target: Target
  readonly typedHost: string
  readonly takesOver?: string | undefined
}

/** The same run as any plan's, behind the name that a person typed. */
export function uninstall(
  context: CallContext,
  { typedHost, ...input }: Uninstall,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const plan = readPlan(context.core, input.planId)
  if (!plan.ok) throw refuse(plan.failure)
  const named = typedIsHost(context.core, plan.value.address, typedHost)
  if (!named.ok) throw refuse(named.failure)
  return applySetup(context, { ...input, act: 'uninstall' }, signal)
}

export function lookForDrift(core: Core, target: Target): Promise<Result<Drift[]>> {
  return withLook(core, target, ({ facts, kept }) => ok(driftOf(facts, kept)))
}

/** Answers what still differs. */
export function acceptDrift(core: Core, target: Target): Promise<Result<Drift[]>> {
  return withLook(core, target, async ({ facts, kept }, connection) => {
    const written = await writeBaseline(connection, facts, kept)
    return written.ok ? ok(driftOf(facts, { ...kept, baseline: baselineOf(facts, kept) })) : written
  })
}
