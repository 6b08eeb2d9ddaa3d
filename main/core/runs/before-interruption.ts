// What a run waits for right before a step that interrupts a service: its maintenance window, then that nobody
// waits for an answer of it. Whatever does not interrupt, such as copying, is done before and waits for neither.
import { kindOf } from '../../../shared/apply/all-kinds.ts'
import type { Asked } from '../../../shared/apply/asked.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import { isModelProof, type ModelProof } from '../../../shared/domain/deployment.ts'
import type { Container } from '../../../shared/domain/facts.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import type { PlanStep } from '../../../shared/domain/plan.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'
import type { RunTools, Stop } from '../../apply/run-tools.ts'
import { readProof } from '../../verify/climb.ts'
import { liveRequests } from '../../verify/live-requests.ts'
import type { CoreTools } from '../core-tools.ts'
import { opensAt, windowPauseMs } from './window-opens.ts'

/** How long a run waits for a moment without requests. */
const busyPatienceSeconds = 300
const lookAgainMs = 2000

export type Interrupting = {
  readonly connection: Connection
  readonly ask: RunTools['ask']
  readonly rules: InterruptionRules
  readonly tools: Pick<CoreTools, 'now' | 'clock' | 'pause'>
  /** Ends the waiting at once. */
  readonly signal: AbortSignal
}

type Waiting = AsyncGenerator<RunEvent, Failure | undefined>

/** For one run: once it has interrupted something, it goes through. Its window counts before the first time only. */
export function beforeInterruption(interrupting: Interrupting): NonNullable<RunTools['beforeInterruption']> {
  let begun = false
  return async function* (step: PlanStep, stop: Stop): Waiting {
    const asked = await interrupting.ask(['engine'])
    // What cannot be asked is said by the step itself.
    if (!asked.ok || isDone(step, asked.value)) return undefined
    const { window } = interrupting.rules
    const failure = yield* waitUntilFree(
      { ...interrupting, window: begun ? undefined : window, unknown: new Set() },
      { step, asked: asked.value, stop },
    )
    begun ||= failure === undefined
    return failure
  }
}

/** A run that goes on where another one stopped interrupts nothing a second time. */
function isDone({ spec }: PlanStep, asked: Asked): boolean {
  return kindOf(spec).isTrue(spec, asked).holds
}

type Place = { readonly step: PlanStep; readonly asked: Asked; readonly stop: Stop }
type WithWindow = Interrupting & {
  readonly window: InterruptionRules['window']
  /** Deployments whose requests nobody could count. */
  readonly unknown: Set<string>
}

async function* waitUntilFree(waiting: WithWindow, { step, asked, stop }: Place): Waiting {
  const { rules, tools, window, signal } = waiting
  const models = rules.evenIfBusy === true ? [] : modelsBehind(step, asked)
  let said = ''
  let busySinceMs: number | undefined
  for (;;) {
    const stopped = stop()
    if (stopped !== undefined) return stopped
    const until = opensAt(window, tools.now())
    if (until !== undefined) {
      if (said !== until) yield { event: 'waiting-for-window', until }
      said = until
      busySinceMs = undefined
      await tools.pause(windowPauseMs(until, tools.now()), signal)
      continue
    }
    const busy: Busy | undefined = yield* busiest(waiting, models)
    if (busy === undefined) return undefined
    const { deployment, requests } = busy
    busySinceMs ??= tools.clock()
    const seconds = Math.round((tools.clock() - busySinceMs) / 1000)
    if (seconds >= busyPatienceSeconds) return { kind: 'service-busy', deployment, requests, seconds }
    if (said !== `${deployment} ${requests}`) yield { event: 'waiting-while-busy', deployment, requests }
    said = `${deployment} ${requests}`
    await tools.pause(lookAgainMs, signal)
  }
}

type Busy = { readonly deployment: string; readonly requests: number }

/** Says of whom nobody knows; they are not waited for. */
async function* busiest(
  { connection, tools, unknown }: WithWindow,
  models: readonly ModelProof[],
): AsyncGenerator<RunEvent, Busy | undefined> {
  let most: Busy | undefined
  for (const model of models) {
    const { deployment } = model
    const live = await liveRequests(connection, model, tools.clock)
    if (live.state === 'known') {
      if (live.value > (most?.requests ?? 0)) most = { deployment, requests: live.value }
    } else if (!unknown.has(deployment)) {
      unknown.add(deployment)
      yield { event: 'requests-unknown', deployment, why: live.state === 'absent' ? '' : live.why }
    }
  }
  return most
}

/** What answers there now and counts its requests: of the service itself, or all of it where the engine stops. */
function modelsBehind({ spec, stops }: PlanStep, asked: Asked): ModelProof[] {
  const names = kindOf(spec).interrupted?.(spec) ?? stops
  const meant = (one: Container) => names === undefined || names.includes(one.name)
  return valueOr(asked.containers, [])
    .filter((one) => one.state === 'running' && meant(one))
    .flatMap((one) => {
      const proof = readProof(one)
      return proof !== undefined && isModelProof(proof) ? [proof] : []
    })
}
