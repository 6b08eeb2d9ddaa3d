// The stages of the demo's journey: each a few calls of the contract, what they tell, and one line for the person.
import type { Target } from '../../../shared/contract/contract.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type Plan, planCounts, type SetUpPlan } from '../../../shared/domain/plan.ts'
import { stateAfter } from '../../../shared/domain/run.ts'
import type { ApplianceVerdict, VerdictState } from '../../../shared/domain/verdict.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { verdictReasonText } from '../../../shared/words/verdict-text.ts'
import { approved, toApprove } from './approval.ts'
import type { DemoWish } from './demo-arguments.ts'
import { type DemoTold, playedDrill } from './demo-told.ts'
import { watchFor } from './demo-watch.ts'
import { figures, proofIn } from './figures.ts'
import { followRun } from './follow-run.ts'
import { acceleratorsText, proofText, verdictLines } from './show.ts'
import { planLines } from './show-plan.ts'
import type { Stopping } from './stopping.ts'
import { flat, type Work } from './work.ts'

export type Pace = {
  readonly watchMilliseconds: number
  /** How long a verdict may take to become what it should. */
  readonly patienceMilliseconds: number
  readonly askAgainMilliseconds: number
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export type Journey = Work & {
  readonly wish: DemoWish
  readonly told: DemoTold
  readonly stopping: Stopping
  readonly pace: Pace
}

/** What a stage hands to the next ones, and what the person reads of it. */
export type Staged<T> = Result<{ readonly value: T; readonly line: string }>

/** The demo appliance, and what can be set up on it. */
export type Place = { readonly name: string; readonly target: Target; readonly bundleId: string }

export async function create({ client, wish, told, words }: Journey): Promise<Staged<Place>> {
  const { preset } = wish
  const made = await flat('demo.create', client.product.demo.create({ preset }))
  if (!made.ok) return made
  const { demo, bundleId } = made.value
  const { name } = demo
  told.name = name
  const target: Target = { by: 'name', name }
  return ok({ value: { name, target, bundleId }, line: words.demo.created(name, preset) })
}

export async function detect({ client, told, words }: Journey, { target }: Place): Promise<Staged<void>> {
  const facts = await flat('appliances.detect', client.product.appliances.detect({ target }))
  if (!facts.ok) return facts
  told.devices = facts.value.accelerators.reduce(
    (sum, { devices }) => sum + (devices.state === 'known' ? devices.value.length : 0),
    0,
  )
  return ok({ value: undefined, line: acceleratorsText(facts.value, words) })
}

/** The solution that is proposed first; what stands in its way ends the journey. */
export async function propose(journey: Journey, { target, bundleId }: Place): Promise<Staged<SetUpPlan>> {
  const { client, wish, terminal, words } = journey
  const plans = await flat('setup.propose', client.product.setup.propose({ target, bundleId }))
  if (!plans.ok) return plans
  const [best] = plans.value
  if (best === undefined) return fail({ kind: 'bundle-unknown', bundleId })
  const [blocker] = best.blockers
  if (blocker !== undefined) return fail(blocker)
  journey.told.solution = best.purpose.solution
  // Whoever is asked to approve it sees all of it.
  if (!wish.yes) for (const line of planLines(best, words)) terminal.say(`  ${line}`)
  return ok({ value: best, line: words.cli.list([best.purpose.solution, planSumText(best, journey)]) })
}

export async function approve(journey: Journey, plan: Plan): Promise<Staged<void>> {
  const approval = await approved(journey, toApprove(plan), { yes: journey.wish.yes, allowRoot: [], acceptLicence: [] })
  return approval.ok ? ok({ value: undefined, line: journey.words.demo.approved }) : approval
}

export async function setUp(journey: Journey, { target }: Place, plan: Plan): Promise<Staged<VerdictState>> {
  const { told } = journey
  const applied = await apply(journey, target, plan)
  if (!applied.ok) return applied
  const { state, changed, unchanged, sentBytes, line } = applied.value
  Object.assign(told, { verdict: state, changed, unchanged, sentBytes })
  return ok({ value: state, line })
}

export async function verify(journey: Journey, { target }: Place): Promise<Staged<VerdictState>> {
  const { told, words } = journey
  const verdict = await statusNow(journey, target)
  if (!verdict.ok) return verdict
  const { state } = verdict.value
  const proof = proofIn(verdict.value)
  Object.assign(told, { verdict: state, ...figures(proof) })
  if (state !== 'healthy') sayVerdict(journey, verdict.value)
  const proven = proof === undefined ? [] : [proofText(proof, words)]
  return ok({ value: state, line: words.cli.list([words.verdicts[state], ...proven]) })
}

/** Fails where a device that was detected is not in the samples: a chart would miss it. */
export async function watch(journey: Journey, { target }: Place): Promise<Staged<void>> {
  const { client, told, words, pace, stopping } = journey
  const seen = await watchFor(client, target, { milliseconds: pace.watchMilliseconds, signal: stopping.signal })
  if (!seen.ok) return seen
  const { samples, devices, highestPercent } = seen.value
  Object.assign(told, { samples, highestUtilizationPercent: highestPercent ?? null })
  const line = words.demo.watched(
    samples,
    devices,
    highestPercent === undefined ? words.cli.none : `${highestPercent} %`,
  )
  if (stopping.signal.aborted || (samples > 0 && devices === told.devices)) return ok({ value: undefined, line })
  return notAsItShould('watch', `${samples} samples, ${devices} of ${told.devices} accelerators`)
}

/** The runtime is killed, and the product must notice. */
export async function breakDown(journey: Journey, { name, target }: Place): Promise<Staged<void>> {
  const { client, told, words } = journey
  const drilled = await flat('demo.drill', client.product.demo.drill({ name, drill: playedDrill, on: true }))
  if (!drilled.ok) return drilled
  const verdict = await statusThat(journey, target, (state) => state === 'down')
  if (!verdict.ok) return verdict
  told.verdictInDrill = verdict.value.state
  if (verdict.value.state !== 'down')
    return notAsItShould(playedDrill, `nobody noticed: the status is ${verdict.value.state}`)
  const { state } = verdict.value
  return ok({
    value: undefined,
    line: words.cli.list([words.verdicts[state], verdictReasonText(verdict.value, words)]),
  })
}

/** The same setup again finds what is missing and mends it; the drill is over then. */
export async function recover(journey: Journey, place: Place, solution: string): Promise<Staged<VerdictState>> {
  const { client, told, words } = journey
  const { name, target } = place
  const plan = await planAnew(journey, place, solution)
  if (!plan.ok) return plan
  const applied = await apply(journey, target, plan.value)
  if (!applied.ok) return applied
  const over = await flat('demo.drill', client.product.demo.drill({ name, drill: playedDrill, on: false }))
  if (!over.ok) return over
  const verdict = await statusThat(journey, target, (state) => state === 'healthy')
  if (!verdict.ok) return verdict
  const { state } = verdict.value
  told.verdictAfter = state
  if (state !== 'healthy') sayVerdict(journey, verdict.value)
  return ok({ value: state, line: words.cli.list([applied.value.line, words.verdicts[state]]) })
}

/** The end of it: what was mended needs nothing more. */
export async function planAgain(journey: Journey, place: Place, solution: string): Promise<Staged<void>> {
  const plan = await planAnew(journey, place, solution)
  if (!plan.ok) return plan
  const { changed } = planCounts(plan.value.steps)
  journey.told.changedAgain = changed
  if (changed > 0) return notAsItShould('plan-again', `${changed} steps would change something again`)
  return ok({ value: undefined, line: planSumText(plan.value, journey) })
}

async function planAnew(
  { client }: Journey,
  { target, bundleId }: Place,
  solution: string,
): Promise<Result<SetUpPlan>> {
  const plan = await flat('setup.plan', client.product.setup.plan({ target, bundleId, solution }))
  if (!plan.ok) return plan
  const [blocker] = plan.value.blockers
  return blocker === undefined ? plan : fail(blocker)
}

type Applied = { state: VerdictState; changed: number; unchanged: number; sentBytes: number; line: string }

async function apply(journey: Journey, target: Target, plan: Plan): Promise<Result<Applied>> {
  const { terminal, words, stopping } = journey
  if (stopping.signal.aborted) return fail({ kind: 'cancelled', at: words.demo.stages.setup })
  const indented = { ...terminal, say: (line: string) => terminal.say(`  ${line}`) }
  const followed = await stopping.aside(() => followRun({ ...journey, terminal: indented }, plan, target))
  if (!followed.ok) return followed
  const { ended, verified } = followed.value
  const { changed, unchanged, sentBytes } = ended
  const state = stateAfter(verified)
  if (state !== 'healthy') sayVerdict(journey, verified.verdict)
  return ok({
    state,
    changed,
    unchanged,
    sentBytes,
    line: words.demo.changed(changed, unchanged, bytesText(sentBytes)),
  })
}

function statusNow({ client }: Journey, target: Target): Promise<Result<ApplianceVerdict>> {
  return flat('appliances.status', client.product.appliances.status({ target }))
}

/** Asks until the verdict is as wanted, or patience ends: the last one it got. */
async function statusThat(
  journey: Journey,
  target: Target,
  isWanted: (state: VerdictState) => boolean,
): Promise<Result<ApplianceVerdict>> {
  const { pace, stopping } = journey
  const giveUpAt = performance.now() + pace.patienceMilliseconds
  for (;;) {
    const verdict = await statusNow(journey, target)
    if (!verdict.ok || isWanted(verdict.value.state)) return verdict
    if (stopping.signal.aborted || performance.now() >= giveUpAt) return verdict
    await pace.pause(pace.askAgainMilliseconds, stopping.signal)
  }
}

function sayVerdict({ terminal, words }: Journey, verdict: ApplianceVerdict): void {
  for (const line of verdictLines(verdict, words)) terminal.say(`  ${line}`)
}

function planSumText({ steps }: Plan, { words }: Journey): string {
  const { changed, unchanged, uploadBytes } = planCounts(steps)
  return words.cli.planSum(changed, unchanged, bytesText(uploadBytes))
}

/** Every call was answered, and yet something is not as it should be. `detail` is evidence, as every step's. */
function notAsItShould(step: string, detail: string): Result<never> {
  return fail({ kind: 'step-failed', step: `demo.${step}`, detail })
}
