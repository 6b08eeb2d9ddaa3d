// One evaluation, from its lock to its result on the disk: what is left of it is asked, each answer is kept as it comes, and
// whoever watches hears how far it is.
import type {
  EvaluationEvent,
  EvaluationRecord,
  EvaluationResult,
  EvaluationSettings,
} from '../../../shared/domain/evaluation.ts'
import type { EvaluationItem, EvaluationSet } from '../../../shared/domain/evaluation-set.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { sampledItems } from '../../../shared/verify/evaluation/sample.ts'
import { scoreOf, scoresByCategory } from '../../../shared/verify/evaluation/score.ts'
import { type EvaluationOutcome, runEvaluation } from '../../verify/evaluation/run-evaluation.ts'
import type { Loading } from '../bench/loading.ts'
import type { CallContext } from '../context.ts'
import type { Place } from '../runs/prove.ts'
import type { EvaluatedService } from './services.ts'

/** Whoever watches hears of it once in so many milliseconds. */
const toldEveryMs = 1000
/** A rate of fewer answers says nothing. */
const fewestForRate = 5

export type Evaluating = Pick<Loading<EvaluationEvent>, 'stop' | 'hear'> & {
  /** As it is before this: nothing was asked of it, or what was is on the disk. */
  readonly result: EvaluationResult
  readonly set: EvaluationSet
  readonly service: EvaluatedService['service']
  readonly held: () => boolean
}

export function plannedItems({ items }: EvaluationSet, settings: EvaluationSettings): number[] {
  return sampledItems(items.length, settings)
}

export async function evaluate(
  context: CallContext,
  { connection }: Place,
  work: Evaluating,
): Promise<Result<EvaluationResult>> {
  const { core } = context
  const { result, set, service, stop: signal, held } = work
  const { evaluationId, settings } = result
  const before = core.state.evaluations.records(evaluationId)
  if (!before.ok) return before
  const records = new Map(before.value.map((one) => [one.item, one]))
  const left = leftOf(plannedItems(set, settings), records)
  const begun = saved(context, { ...result, end: 'cut-off' })
  if (!begun.ok) return begun
  const writer = core.state.evaluations.openRecords(evaluationId)
  if (!writer.ok) return writer
  try {
    const { clock } = core.tools
    const progress = teller(work, { records, clock, left: left.length })
    const beganMs = clock()
    const keep = (record: EvaluationRecord) => {
      const written = writer.value.append(record)
      if (!written.ok) return written
      records.set(record.item, record)
      progress.answered()
      return written
    }
    const { concurrency, outputTokens, seed } = settings
    const wish = { concurrency, outputTokens, seed, keepsText: result.keepsText === true }
    const itemAt = (place: number) => itemOf(set, place)
    const outcome = await runEvaluation(connection, { service, wish, left, itemAt }, { clock, signal, held, keep })
    const seconds = result.seconds + Math.max(0, clock() - beganMs) / 1000
    return finish(context, { ...work, result: { ...result, seconds } }, { outcome, records: [...records.values()] })
  } finally {
    writer.value.close()
  }
}

/** What failed before comes last: it may fail again, and must not keep the rest from being asked. */
export function leftOf(planned: readonly number[], records: ReadonlyMap<number, EvaluationRecord>): number[] {
  const untried = planned.filter((place) => !records.has(place))
  return [...untried, ...planned.filter((place) => records.get(place)?.verdict === 'failed')]
}

function itemOf({ items }: EvaluationSet, place: number): EvaluationItem {
  const item = items[place]
  if (item === undefined) throw new Error(`no question ${place}`)
  return item
}

type Telling = {
  readonly records: ReadonlyMap<number, EvaluationRecord>
  readonly clock: () => number
  /** To be asked this time. */
  readonly left: number
}

function teller({ hear, result: { planned } }: Evaluating, { records, clock, left }: Telling) {
  const beganMs = clock()
  let answers = 0
  let toldMs = Number.NEGATIVE_INFINITY
  return {
    answered(): void {
      answers += 1
      const stillLeft = left - answers
      if (clock() - toldMs < toldEveryMs && stillLeft > 0) return
      toldMs = clock()
      const minutes = (toldMs - beganMs) / 60_000
      const perMinute = answers >= fewestForRate && minutes > 0 ? answers / minutes : undefined
      hear({
        ...{ event: 'progress', planned, score: scoreOf(records.values()) },
        ...(perMinute !== undefined && { perMinute, secondsLeft: (stillLeft / perMinute) * 60 }),
      })
    },
  }
}

type Ended = { readonly outcome: EvaluationOutcome; readonly records: readonly EvaluationRecord[] }

function finish(
  context: CallContext,
  { result, set }: Evaluating,
  { outcome, records }: Ended,
): Result<EvaluationResult> {
  const { failure: _before, thinks: thought, ...begun } = result
  const { end, failure, thinks } = outcome
  return keep(context, {
    ...{ ...begun, end, score: scoreOf(records) },
    categories: scoresByCategory(records.map((record) => ({ record, category: set.items[record.item]?.category }))),
    ...((thinks || thought === true) && { thinks: true as const }),
    ...(failure !== undefined && { failure }),
  })
}

/** Fails where the disk does not take it: a result that is shown is one that is kept. */
function keep(context: CallContext, result: EvaluationResult): Result<EvaluationResult> {
  const { core, operator } = context
  const { evaluationId, subject, set, end, score } = result
  const demo = subject.demo === true ? { demo: true as const } : {}
  const { host, port, deployment } = subject
  const counts = { right: score.right, asked: score.asked, failed: score.failed }
  const input = { evaluationId, address: { host, port }, deployment, set: set.digest, end, ...counts }
  const written = core.audit.append({ at: core.tools.now(), who: operator, act: 'evaluation-end', ...demo, input })
  return written.ok ? saved(context, result) : written
}

function saved({ core }: CallContext, result: EvaluationResult): Result<EvaluationResult> {
  const written = core.state.evaluations.save(result)
  return written.ok ? ok(result) : written
}
