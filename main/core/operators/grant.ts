// What a vendor's grant covers: saved appliances and bundles of named publishers, and plans that touch nothing else. Asked
// of the input of every call that a vendor may make, before its audit line and before anything is dialled.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Grant } from '../../../shared/domain/operator.ts'
import { isSamePublisher, type PublisherMark } from '../../../shared/domain/origin.ts'
import { isSetUp, type Plan, type PlanStep } from '../../../shared/domain/plan.ts'
import { openingKey } from '../access/opening.ts'
import { openingOf } from '../appliances.ts'
import { openBrought, signatureOfBrought } from '../bundles/brought.ts'
import type { Core } from '../context.ts'
import { bundleNamed } from '../desk/bundles.ts'

/** Of a call's input, as far as it says what the call is about. */
export type Scope = {
  readonly target?: Target | undefined
  readonly planId?: string | undefined
  /** Of an approval. */
  readonly subject?: string | undefined
  readonly bundleId?: string | undefined
  /** Of a bundle that is open here, or of one that was brought. */
  readonly place?: string | undefined
  readonly against?: string | undefined
  readonly importId?: string | undefined
  /** Given where somebody takes what is another's. */
  readonly takeFrom?: readonly string[] | undefined
  readonly takesOver?: string | undefined
  /** Sums of memory that are not asked: what runs beside it would pay for that. */
  readonly ignoreFit?: readonly string[] | undefined
}

export async function coversScope(core: Core, grant: Grant, scope: Scope): Promise<Result<void>> {
  if ((scope.takeFrom ?? []).length > 0) return beyond('act', 'takeFrom')
  if (scope.takesOver !== undefined) return beyond('act', 'takesOver')
  if ((scope.ignoreFit ?? []).length > 0) return beyond('act', 'ignoreFit')
  const checks = [
    scope.target && coversTarget(core, grant, scope.target),
    scope.planId && coversPlanNamed(core, grant, scope.planId),
    scope.subject && coversPlanNamed(core, grant, scope.subject),
    ...[scope.bundleId, scope.place, scope.against, scope.importId].map((id) => id && coversBundle(core, grant, id)),
  ]
  for (const check of checks) {
    const answer = await check
    if (typeof answer === 'object' && !answer.ok) return answer
  }
  return ok(undefined)
}

type Beyond = Extract<Failure, { kind: 'not-granted' }>['what']

function beyond(what: Beyond, name: string): Result<never> {
  return fail({ kind: 'not-granted', what, name })
}

/** By its saved name, or spelled out exactly as it is saved: another login to the same server is not what was granted. */
function coversTarget(core: Core, grant: Grant, target: Target): Result<void> {
  if (target.by === 'name') return coversAppliance(grant, target.name)
  const named = target.by === 'address' ? `${target.address.host}:${target.address.port}` : target.by
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  for (const name of grant.appliances) {
    const saved = openingOf(core, { by: 'name', name })
    if (saved.ok && openingKey(saved.value) === openingKey(opening.value)) return ok(undefined)
  }
  return beyond('appliance', named)
}

function coversAppliance(grant: Grant, name: string): Result<void> {
  return grant.appliances.includes(name) ? ok(undefined) : beyond('appliance', name)
}

/** Whether something at this address is on an appliance of the grant. */
function coversAddress(core: Core, grant: Grant, address: Address): boolean {
  return grant.appliances.some((name) => {
    const saved = openingOf(core, { by: 'name', name })
    return saved.ok && isSame(saved.value.address, address)
  })
}

function isSame(one: Address, other: Address): boolean {
  return one.host === other.host && one.port === other.port && one.user === other.user
}

async function coversBundle(core: Core, grant: Grant, id: string): Promise<Result<void>> {
  const publisher = await publisherOf(core, id)
  if (!publisher.ok) return publisher
  return coversPublisher(grant, publisher.value)
}

function coversPublisher(grant: Grant, publisher: string | undefined): Result<void> {
  if (publisher !== undefined && grant.publishers.includes(publisher)) return ok(undefined)
  return beyond('publisher', publisher ?? '?')
}

/** Its id; undefined where nobody vouches for the bundle whom this console trusts. */
async function publisherOf(core: Core, id: string): Promise<Result<string | undefined>> {
  if (id.startsWith('import-')) {
    const brought = await openBrought(core, id)
    if (!brought.ok) return brought
    const signature = signatureOfBrought(core, id, brought.value)
    return ok(signature.state === 'signed' ? signature.publisher : undefined)
  }
  const bundle = bundleNamed(core, id)
  if (!bundle.ok) return bundle
  return ok(bundle.value.vouching.signed ? bundle.value.vouching.publisher.id : undefined)
}

export function coversPlanNamed(core: Core, grant: Grant, planId: string): Result<void> {
  const plan = core.state.readPlan(planId)
  return plan.ok ? coversPlan(core, grant, plan.value) : plan
}

/** Kinds of steps that change the system under the services: the hospital's own IT does that. */
const ofTheSystem: ReadonlySet<PlanStep['spec']['kind']> = new Set([
  ...(['host-package', 'systemd-unit', 'reboot', 'kernel-parameter', 'account', 'runtime-registration'] as const),
  ...(['recorder', 'certificate', 'absent-rackside'] as const),
])

function coversPlan(core: Core, grant: Grant, plan: Plan): Result<void> {
  if (!coversAddress(core, grant, plan.address)) return beyond('appliance', `${plan.address.host}:${plan.address.port}`)
  if (!isSetUp(plan)) return beyond('act', plan.purpose.act)
  if ((plan.takeovers ?? []).length > 0) return beyond('act', 'takeFrom')
  const system = plan.steps.find(({ change, spec }) => change && ofTheSystem.has(spec.kind))
  if (system !== undefined) return beyond('act', system.id)
  const known = core.state.trust.read()
  if (!known.ok) return known
  const isGranted = (mark: PublisherMark) =>
    grant.publishers.includes(mark.id) && known.value.publishers.some((one) => isSamePublisher(mark, one))
  const containers = plan.steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec] : []))
  const others = containers.filter(({ origin }) => origin?.publisher === undefined || !isGranted(origin.publisher))
  const [first] = others
  if (first !== undefined) return beyond('publisher', first.origin?.publisher?.name ?? first.spec.deployment)
  return containers.length > 0 ? ok(undefined) : beyond('act', plan.id)
}
