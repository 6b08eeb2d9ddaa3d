// Evaluates a model for somebody who watches, anew or from where an earlier evaluation ended: the lock of runs, the questions,
// the result to the disk and to the audit. It stops when nobody reads it any more, and what was answered is kept.
import type { Target } from '../../../shared/contract/contract.ts'
import {
  type EvaluationEvent,
  type EvaluationResult,
  type EvaluationSettings,
  type EvaluationSubject,
  type EvaluationWish,
  evaluationSettings,
  isResumable,
  usualEvaluation,
} from '../../../shared/domain/evaluation.ts'
import type { EvaluationSet } from '../../../shared/domain/evaluation-set.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { isSameModel } from '../../../shared/verify/evaluation/same-model.ts'
import { scoreOf } from '../../../shared/verify/evaluation/score.ts'
import { holdForBench } from '../../apply/bench-lock.ts'
import { awaitReady } from '../../verify/evaluation/await-ready.ts'
import { openingToChange } from '../appliances.ts'
import { type Loading, loading } from '../bench/loading.ts'
import type { CallContext } from '../context.ts'
import { refuse } from '../refusal.ts'
import type { Place } from '../runs/prove.ts'
import { evaluate, plannedItems } from './evaluate.ts'
import { evaluatedOf } from './kept.ts'
import { type EvaluatedService, findEvaluated } from './services.ts'
import { setNamed } from './sets.ts'

type EvaluationInput = {
  readonly target: Target
  readonly deployment: string
  readonly setDigest: string
  readonly wish: EvaluationWish
  readonly keepsText?: true | undefined
}

/** Throws a refusal where it cannot begin, or its result cannot be kept. */
export async function* evaluateAppliance(
  context: CallContext,
  { target, deployment, setDigest, wish, keepsText }: EvaluationInput,
  left?: AbortSignal,
): AsyncGenerator<EvaluationEvent> {
  const { core, operator } = context
  const set = known(setNamed(core, setDigest), { kind: 'usage', problem: 'no-such-set', word: setDigest })
  const settings = settledWish(wish)
  const evaluationId = `evaluation-${core.tools.randomId()}`
  yield* evaluated(context, { target, evaluationId, deployment, set, left }, (subject) =>
    ok({
      ...{ format: 1, evaluationId, startedAt: core.tools.now(), seconds: 0, resumed: 0, who: operator, subject },
      ...{ set: set.set, settings, planned: plannedItems(set, settings).length, score: scoreOf([]) },
      ...{ categories: [], end: 'cut-off', ...(keepsText === true && { keepsText }) },
    }),
  )
}

/** The same for one that ended early, or some of whose requests failed: only what is missing is asked. */
export async function* resumeEvaluation(
  context: CallContext,
  { target, evaluationId }: { readonly target: Target; readonly evaluationId: string },
  left?: AbortSignal,
): AsyncGenerator<EvaluationEvent> {
  const { core } = context
  const before = known(evaluatedOf(core, evaluationId), {
    kind: 'usage',
    problem: 'not-an-evaluation',
    word: evaluationId,
  })
  const { result } = before
  if (core.benches.isGoing(evaluationId)) {
    throw refuse({ kind: 'run-in-progress', holder: result.who, since: result.startedAt, runId: evaluationId })
  }
  if (!isResumable(result)) throw refuse({ kind: 'usage', problem: 'evaluation-done', word: evaluationId })
  const { digest, name } = result.set
  const set = known(setNamed(core, digest), { kind: 'usage', problem: 'no-such-set', word: name, other: digest })
  const { deployment } = result.subject
  yield* evaluated(context, { target, evaluationId, deployment, set, left }, (subject) =>
    isSameModel(result.subject, subject)
      ? ok({ ...result, resumed: result.resumed + 1 })
      : fail({ kind: 'usage', problem: 'evaluation-other-model', word: evaluationId }),
  )
}

/** What is there; throws the failure, or that there is nothing. */
function known<T>(read: Result<T | null>, missing: Failure): T {
  if (!read.ok) throw refuse(read.failure)
  if (read.value === null) throw refuse(missing)
  return read.value
}

/** Two evaluations of the same set draw the same sample, unless somebody says another seed. */
function settledWish(wish: EvaluationWish): EvaluationSettings {
  const said = Object.entries(wish).filter(([, value]) => value !== undefined)
  return evaluationSettings.parse({ ...usualEvaluation, ...Object.fromEntries(said) })
}

type Order = {
  readonly target: Target
  readonly evaluationId: string
  readonly deployment: string
  readonly set: EvaluationSet
  readonly left: AbortSignal | undefined
}

/** What it begins with, once it is known what is asked there. */
type Beginning = (subject: EvaluationSubject) => Result<EvaluationResult>

async function* evaluated(context: CallContext, order: Order, begin: Beginning): AsyncGenerator<EvaluationEvent> {
  const { core } = context
  const opening = openingToChange(core, order.target)
  if (!opening.ok) throw refuse(opening.failure)
  const { address } = opening.value
  yield* loading<EvaluationEvent, EvaluationResult>(core, opening.value, {
    ...{ id: order.evaluationId, left: order.left },
    work: async (connection, load) => {
      const found = await findEvaluated(core, connection, order.deployment)
      if (!found.ok) return found
      const demo = core.demos.isDemo(address) ? { demo: true as const } : {}
      const result = begin({ host: address.host, port: address.port, ...found.value.subject, ...demo })
      if (!result.ok) return result
      return locked(context, { address, connection }, { ...order, ...found.value, load, result: result.value })
    },
  })
}

type Locked = Order &
  Pick<EvaluatedService, 'service'> & { readonly load: Loading<EvaluationEvent>; readonly result: EvaluationResult }

async function locked(context: CallContext, place: Place, work: Locked): Promise<Result<EvaluationResult>> {
  const { core, operator } = context
  const { evaluationId, deployment, set, service, load, result } = work
  const lock = await holdForBench(place.connection, { run: evaluationId, who: operator, at: core.tools.now() })
  if (!lock.ok) return lock
  try {
    const { clock, pause } = core.tools
    const ready = await awaitReady(place.connection, service, { clock, pause, signal: load.stop })
    if (!ready.ok) return ready
    const { subject, settings, planned, score } = result
    load.hear({ event: 'begin', evaluationId, subject, set: set.set, settings, planned, asked: score.asked })
    load.loads([deployment])
    const { stop, hear } = load
    return await evaluate(context, place, { stop, hear, result, set, service, held: lock.value.held })
  } finally {
    lock.value.release()
  }
}
