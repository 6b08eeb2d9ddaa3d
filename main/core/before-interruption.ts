// What a run waits for right before a step that interrupts a service: its maintenance window, then that nobody
// waits for an answer of it. Whatever does not interrupt, such as copying, is done before and waits for neither.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import { deployedContainer } from '../../shared/apply/container.ts'
import type { Asked } from '../../shared/apply/step-kind.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../shared/domain/interruption.ts'
import type { PlanStep } from '../../shared/domain/plan.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import type { RunTools, Stop } from '../apply/run.ts'
import { readProof } from '../verify/climb.ts'
import { liveRequests, type ModelProof } from '../verify/live-requests.ts'
import type { CoreTools } from './context.ts'
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
      { ...interrupting, window: begun ? undefined : window },
      { step, asked: asked.value, stop },
    )
    begun ||= failure === undefined
    return failure
  }
}

/** A run that goes on where another one stopped interrupts nothing a second time. */
function isDone({ spec }: PlanStep, asked: Asked): boolean {
  return kindOf(spec).isTrue(spec as never, asked).holds
}

type Place = { readonly step: PlanStep; readonly asked: Asked; readonly stop: Stop }
type WithWindow = Interrupting & { readonly window: InterruptionRules['window'] }

async function* waitUntilFree(waiting: WithWindow, { step, asked, stop }: Place): Waiting {
  const { connection, rules, tools, window, signal } = waiting
  const model = rules.evenIfBusy === true ? undefined : modelBehind(step, asked)
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
    if (model === undefined) return undefined
    const { deployment } = model
    const live = await liveRequests(connection, model, tools.clock)
    if (live.state !== 'known') {
      yield { event: 'requests-unknown', deployment, why: live.state === 'absent' ? '' : live.why }
      return undefined
    }
    const requests = live.value
    if (requests <= 0) return undefined
    busySinceMs ??= tools.clock()
    const seconds = Math.round((tools.clock() - busySinceMs) / 1000)
    if (seconds >= busyPatienceSeconds) return { kind: 'service-busy', deployment, requests, seconds }
    if (said !== `${requests}`) yield { event: 'waiting-while-busy', deployment, requests }
    said = `${requests}`
    await tools.pause(lookAgainMs, signal)
  }
}

/** What answers there now, where it counts its requests. */
function modelBehind({ spec }: PlanStep, asked: Asked): ModelProof | undefined {
  if (spec.kind !== 'container') return undefined
  const found = deployedContainer(spec.spec.deployment, asked)
  const proof = found?.state === 'running' ? readProof(found) : undefined
  return proof?.serves === 'openai-chat' ? proof : undefined
}
