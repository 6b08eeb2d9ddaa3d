// Asks a service the questions that are left of a set, some at once. Each answer is kept before it counts. It ends when all
// are asked, when somebody stops it, when its lock or the link is lost, when the disk takes no more, or when one request
// after the other comes to nothing.
import { command } from '../../../shared/domain/command.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { EvaluationEnd, EvaluationRecord } from '../../../shared/domain/evaluation.ts'
import type { EvaluationItem } from '../../../shared/domain/evaluation-set.ts'
import type { Failure, Result } from '../../../shared/domain/failure.ts'
import type { Clock } from '../bounded-body.ts'
import { type AskedItem, type AskedModel, type AskWish, itemAsker } from './ask-item.ts'

/**
 * Then a service is down, or takes minutes for each answer, and no more of the set is spent on it. Who goes on with it asks
 * what was never asked first.
 */
const failuresInARow = 10

export type EvaluationWork = {
  readonly service: AskedModel
  readonly wish: AskWish & { readonly concurrency: number }
  /** Places in the set that are still to be asked. */
  readonly left: readonly number[]
  readonly itemAt: (place: number) => EvaluationItem
}

export type EvaluationTools = {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** False once somebody else may be at work there. */
  readonly held: () => boolean
  /** On the disk when it comes back. */
  readonly keep: (record: EvaluationRecord) => Result<void>
}

export type EvaluationOutcome = {
  readonly end: Exclude<EvaluationEnd, 'cut-off'>
  readonly failure?: Failure
  readonly thinks: boolean
}

export async function runEvaluation(
  connection: Connection,
  { service, wish, left, itemAt }: EvaluationWork,
  tools: EvaluationTools,
): Promise<EvaluationOutcome> {
  const asker = itemAsker(connection, service, { ...wish, clock: tools.clock })
  const ending = endOnce(tools.signal)
  let [next, kept, inARow] = [0, 0, 0]

  /** Why nothing more is to be asked after this one. */
  async function take({ record, isAlive }: AskedItem): Promise<Failure | undefined> {
    const hasFailed = record.verdict === 'failed'
    const lost = hasFailed ? await lostLink(connection) : undefined
    if (lost !== undefined || ending.isOver()) return lost
    // What was answered when somebody else may have been at work there is no word about the model.
    if (!tools.held()) return lockLost(record.item)
    const written = tools.keep(record)
    if (!written.ok) return written.failure
    kept += 1
    inARow = isAlive ? 0 : inARow + 1
    return inARow < failuresInARow
      ? undefined
      : { kind: 'http-failed', port: service.port, detail: record.detail ?? '' }
  }

  async function askInTurn(): Promise<void> {
    for (let place = left[next]; place !== undefined && !ending.isOver(); place = left[next]) {
      next += 1
      if (!tools.held()) return ending.fail(lockLost(place))
      const failure = await take(await asker.ask(place, itemAt(place), ending.signal))
      if (failure !== undefined) ending.fail(failure)
    }
  }

  await all(Math.min(wish.concurrency, left.length), askInTurn, ending)
  return { ...ending.outcome(kept === left.length), thinks: asker.thinks() }
}

/** Where one of them throws, the others are ended and awaited: nothing of theirs comes after it. */
async function all(workers: number, work: () => Promise<void>, ending: ReturnType<typeof endOnce>): Promise<void> {
  const one = () =>
    work().catch((error: unknown) => {
      ending.give()
      throw error
    })
  const ends = await Promise.allSettled(Array.from({ length: workers }, one))
  ending.forget()
  const thrown = ends.find((end) => end.status === 'rejected')
  if (thrown !== undefined) throw thrown.reason
}

function lockLost(place: number): Failure {
  return { kind: 'lock-lost', at: String(place + 1) }
}

/** The first reason counts, and ends what is being asked. */
function endOnce(stop: AbortSignal) {
  const over = new AbortController()
  const onStop = () => over.abort()
  let failure: Failure | undefined
  if (stop.aborted) over.abort()
  stop.addEventListener('abort', onStop, { once: true })
  return {
    signal: over.signal,
    isOver: () => over.signal.aborted,
    fail(why: Failure): void {
      if (over.signal.aborted) return
      failure = why
      over.abort()
    },
    give: onStop,
    forget: () => stop.removeEventListener('abort', onStop),
    outcome(isWhole: boolean): Omit<EvaluationOutcome, 'thinks'> {
      if (failure !== undefined) return { end: 'failed', failure }
      return { end: isWhole ? 'done' : 'stopped' }
    },
  }
}

async function lostLink(connection: Connection): Promise<Failure | undefined> {
  const looked = await connection.run(command('true'), { as: 'login', deadlineSeconds: 20 })
  return looked.ok ? undefined : looked.failure
}
