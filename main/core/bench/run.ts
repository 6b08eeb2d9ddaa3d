// Measures a service for somebody who watches: the lock of runs, the load, the result to the disk and to the audit. It
// ends when its time is up, when somebody stops it, and when nobody reads it any more; what was measured is kept.
import type { Target } from '../../../shared/contract/contract.ts'
import {
  type BenchEvent,
  type BenchResult,
  type BenchSettings,
  type BenchWish,
  benchSettings,
  usualBench,
} from '../../../shared/domain/bench.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { holdForBench } from '../../apply/bench-lock.ts'
import { runBench } from '../../verify/load/run-bench.ts'
import type { Opening } from '../access/opening.ts'
import { openingToChange } from '../appliances.ts'
import type { CallContext } from '../context.ts'
import { refuse } from '../refusal.ts'
import { findService } from './candidates.ts'
import { type Loading, loading, settled } from './loading.ts'

type BenchInput = { readonly target: Target; readonly deployment: string; readonly wish: BenchWish }

/** Throws a refusal where it cannot begin, or its result cannot be kept. */
export async function* benchAppliance(
  context: CallContext,
  { target, deployment, wish }: BenchInput,
  left?: AbortSignal,
): AsyncGenerator<BenchEvent> {
  const { core } = context
  const opening = openingToChange(core, target)
  if (!opening.ok) throw refuse(opening.failure)
  const settings = benchSettings.parse(settled(core, usualBench, wish))
  const benchId = `bench-${core.tools.randomId()}`
  yield* loading<BenchEvent, BenchResult>(core, opening.value, {
    ...{ id: benchId, left },
    work: (connection, load) =>
      measure(context, { connection, opening: opening.value }, { ...load, benchId, deployment, settings }),
  })
}

type Place = { readonly connection: Connection; readonly opening: Opening }
type Asked = Loading<BenchEvent> & {
  readonly benchId: string
  readonly deployment: string
  readonly settings: BenchSettings
}

async function measure(context: CallContext, place: Place, asked: Asked): Promise<Result<BenchResult>> {
  const { core, operator } = context
  const { connection, opening } = place
  const { benchId, settings, hear } = asked
  const { now, clock, pause } = core.tools
  const found = await findService(core, connection, asked.deployment)
  if (!found.ok) return found
  const startedAt = now()
  const lock = await holdForBench(connection, { run: benchId, who: operator, at: startedAt })
  if (!lock.ok) return lock
  try {
    const { host, port } = opening.address
    const demo = core.demos.isDemo(opening.address) ? { demo: true as const } : {}
    const subject = { host, port, ...found.value.subject, ...demo }
    hear({ event: 'begin', benchId, subject, settings })
    asked.loads(found.value.service.throughGateway ? 'all' : [asked.deployment])
    const beganMs = clock()
    const tools = { clock, pause, signal: asked.stop, hear, held: lock.value.held }
    const outcome = await runBench(connection, found.value.service, { settings, tools })
    const seconds = Math.max(0, clock() - beganMs) / 1000
    const result: BenchResult = {
      ...{ format: 1, benchId, startedAt, seconds, who: operator, subject, settings },
      ...outcome,
    }
    return keep(context, result)
  } finally {
    lock.value.release()
  }
}

/** Fails where the disk does not take it: a result that is shown is one that is kept. */
function keep({ core, operator }: CallContext, result: BenchResult): Result<BenchResult> {
  const { benchId, subject, end, supports } = result
  const demo = subject.demo === true ? { demo: true as const } : {}
  const { host, port, deployment } = subject
  const input = { benchId, address: { host, port }, deployment, end, supports: supports?.users ?? null }
  const written = core.audit.append({ at: core.tools.now(), who: operator, act: 'bench-end', ...demo, input })
  if (!written.ok) return written
  const saved = core.state.benches.save(result)
  return saved.ok ? ok(result) : saved
}
