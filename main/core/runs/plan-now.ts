// A plan from what was just gathered: made when somebody asks for one, and again around every run, to see
// whether it still holds. Where it would change the system itself, that is looked at and the plan made once more.
import { kindOf } from '../../../shared/apply/all-kinds.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { isSamePublisher } from '../../../shared/domain/origin.ts'
import { isSetUp, type Plan, type SetUp, type SetUpPlan, type StepSpecOf } from '../../../shared/domain/plan.ts'
import type { Vouching } from '../../../shared/domain/publisher.ts'
import type { PlanTools } from '../../../shared/plan/assemble-plan.ts'
import type { PlanFacts } from '../../../shared/plan/host-packages.ts'
import { makePlan } from '../../../shared/plan/make-plan.ts'
import { makeRenewal } from '../../../shared/plan/renew-certificate.ts'
import { makeRollBack, type RollBackWish, type WithParts, withItsParts } from '../../../shared/plan/roll-back.ts'
import { replacesSomething } from '../../../shared/plan/spare.ts'
import { blockedBy, takenBackIn } from '../../../shared/plan/taken-back.ts'
import { makeUninstall } from '../../../shared/plan/uninstall.ts'
import { lookAtHost } from '../../apply/host-look.ts'
import { gatherMade } from '../../apply/made.ts'
import { gatherKept } from '../../facts/kept.ts'
import type { Core } from '../context.ts'
import type { VouchedBundle } from '../desk/trusted-bundle.ts'
import { recorderAlertFor } from '../recorder/recorder-alert.ts'
import { recorderSpec } from '../recorder/recorder-spec.ts'

/** What a person wishes of a set-up besides where and from which bundle. */
export type Wishes =
  | ('solution' | 'stopFirst' | 'rotatesKeys' | 'record' | 'recordAlert' | 'publish' | 'settings')
  | ('ports' | 'ignoreFit' | 'uses' | 'takeFrom')

export type Wish = Pick<Plan, 'address' | 'soakSeconds'> & Pick<SetUp, 'bundleId' | Wishes>

export function planTools({ tools }: Core): PlanTools {
  return { sha256: tools.sha256, now: tools.now() }
}

type Gathered = { readonly connection: Connection; readonly facts: Facts; readonly bundle: VouchedBundle }

export async function planFrom(
  core: Core,
  { connection, facts, bundle }: Gathered,
  wish: Wish,
): Promise<Result<SetUpPlan>> {
  const { vouching } = bundle
  const trust = core.state.trust.read()
  if (!trust.ok) return trust
  const { publishers } = trust.value
  // Nobody takes back what is somebody else's.
  const publisher = publishers.find(({ id }) => vouching.signed && id === vouching.publisher.id)
  const blocked = blockedBy(publisher, publishers)
  const takenBack = takenBackIn(facts, publishers)
  const recorder = recorderFor(core, wish)
  if (!recorder.ok) return recorder
  const wanted = {
    ...wish,
    recorder: recorder.value,
    signed: vouching.signed,
    publisher,
    expired: expiredOf(vouching),
    blocked,
    takenBack,
  }
  const plan = (known: PlanFacts) => makePlan(known, bundle, wanted, planTools(core))
  const first = plan(facts)
  const asked = await withHost(connection, facts, first)
  if (!asked.ok) return asked
  const known = await withKept(connection, asked.value, first)
  if (!known.ok) return known
  return known.value === facts ? first : plan(known.value)
}

/** Whoever names somebody to tell wants one. */
function recorderFor(core: Core, wish: Wish): Result<StepSpecOf<'recorder'> | undefined> {
  const { record, recordAlert: channel, address } = wish
  if (channel === undefined) return ok(record === true ? recorderSpec(core.tools) : undefined)
  const alert = recorderAlertFor(core, { channel, address })
  return alert.ok ? ok(recorderSpec(core.tools, alert.value)) : alert
}

function expiredOf(vouching: Vouching): SetUp['expired'] {
  if (!vouching.signed || !vouching.expired) return undefined
  return { publisher: vouching.publisher.name, until: vouching.expires }
}

/**
 * Back to a kept version, from how things are now. It pushes no version out, so nothing becomes superfluous; what is kept
 * says what is different of what it replaces.
 */
export async function rollBackFrom(
  core: Core,
  { connection, facts }: Omit<Gathered, 'bundle'>,
  version: WithParts,
  wish: RollBackWish,
): Promise<Result<Plan>> {
  const trust = core.state.trust.read()
  if (!trust.ok) return trust
  const { publishers } = trust.value
  const mark = version.step.origin?.publisher
  const publisher = mark && (publishers.find((one) => isSamePublisher(mark, one)) ?? mark)
  const said = { publisher, blocked: blockedBy(mark, publishers), takenBack: takenBackIn(facts, publishers) }
  const plan = (known: PlanFacts) => makeRollBack(known, version, { ...wish, ...said }, planTools(core))
  const first = ok(plan(facts))
  const asked = await withHost(connection, facts, first)
  if (!asked.ok) return asked
  const known = await withKept(connection, asked.value, first)
  if (!known.ok) return known
  return known.value === facts ? first : ok(plan(known.value))
}

/** The certificate of a way in, made anew. */
export async function renewalFrom(
  core: Core,
  { connection, facts }: Omit<Gathered, 'bundle'>,
  spec: StepSpecOf<'certificate'>,
  wish: Pick<Plan, 'address'>,
): Promise<Result<Plan>> {
  const plan = (known: PlanFacts) => makeRenewal(known, spec, wish, planTools(core))
  const asked = await withHost(connection, facts, ok(plan(facts)))
  return asked.ok ? ok(plan(asked.value)) : asked
}

/** Most plans ask nothing of the system but what the facts say: they are the same ones then. */
async function withHost(connection: Connection, facts: PlanFacts, first: Result<Plan>): Promise<Result<PlanFacts>> {
  const specs = first.ok ? first.value.steps.map(({ spec }) => spec) : []
  if (!specs.some((spec) => kindOf(spec).look?.(spec) !== undefined)) return ok(facts)
  const host = await lookAtHost(connection, specs)
  if (host.ok) return ok({ ...facts, host: host.value })
  return host.failure.kind === 'replay-only' ? ok(facts) : host
}

/**
 * What a replacement makes superfluous is told from what the appliance keeps. Of what cannot be read nothing is taken
 * away; it stands in no other way.
 */
async function withKept(connection: Connection, facts: PlanFacts, first: Result<Plan>): Promise<Result<PlanFacts>> {
  if (!first.ok || !replacesSomething(first.value.steps)) return ok(facts)
  const kept = await gatherKept(connection)
  if (kept.ok) return ok({ ...facts, kept: kept.value })
  const { kind } = kept.failure
  return kind === 'replay-only' || kind === 'facts-unreadable' ? ok(facts) : kept
}

type Again = {
  readonly plan: Plan
  readonly facts: Facts
  readonly connection: Connection
  readonly bundle?: VouchedBundle | undefined
}

/** The plan whose wish was carried out: what is made anew once is not made anew again. */
export function asDone(plan: Plan): Plan {
  if (!isSetUp(plan)) return plan
  const { rotatesKeys: _, ...purpose } = plan.purpose
  return { ...plan, purpose }
}

/** The same wish again, from how things are now. */
export async function planAgain(core: Core, { plan, facts, connection, bundle }: Again): Promise<Result<Plan>> {
  if (isSetUp(plan)) {
    const { address, soakSeconds, purpose } = plan
    if (bundle === undefined) return fail({ kind: 'bundle-unknown', bundleId: purpose.bundleId })
    return planFrom(core, { connection, facts, bundle }, { ...purpose, address, soakSeconds })
  }
  if (plan.purpose.act === 'uninstall') {
    const [kept, made] = [await gatherKept(connection), await gatherMade(connection)]
    if (!kept.ok) return kept
    if (!made.ok) return made
    const { address, purpose } = plan
    const installed = { facts, kept: kept.value, made: made.value }
    return ok(makeUninstall(installed, { address, ...purpose }, planTools(core)))
  }
  if (plan.purpose.act === 'renew-certificate') {
    const { address } = plan
    const [spec] = plan.steps.flatMap((step) => (step.spec.kind === 'certificate' ? [step.spec] : []))
    if (spec === undefined) return fail({ kind: 'plan-unknown', planId: plan.id })
    return renewalFrom(core, { connection, facts }, spec, { address })
  }
  const all = plan.steps.flatMap(({ spec }) =>
    spec.kind === 'container' ? [{ keptAt: plan.createdAt, step: spec }] : [],
  )
  const { purpose } = plan
  if (purpose.act !== 'roll-back') return fail({ kind: 'plan-unknown', planId: plan.id })
  const isMeant = (deployment: string) => purpose.deployment === deployment
  const version = all.find(({ step }) => isMeant(step.spec.deployment))
  if (version === undefined) return fail({ kind: 'plan-unknown', planId: plan.id })
  const { address, soakSeconds } = plan
  const { takeFrom } = purpose
  return rollBackFrom(core, { connection, facts }, withItsParts(version, all), { address, soakSeconds, takeFrom })
}
