// Asks a service for somebody who watches: the lock of runs, the questions, the result to the disk and to the audit. It ends
// when all is asked, when somebody stops it, and when nobody reads it any more.
import type { Target } from '../../../shared/contract/contract.ts'
import type { CanaryEvent, CanaryResult } from '../../../shared/domain/canary.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Result } from '../../../shared/domain/failure.ts'
import { holdForBench } from '../../apply/bench-lock.ts'
import type { Opening } from '../access/opening.ts'
import { openingToChange } from '../appliances.ts'
import type { CallContext, Core } from '../context.ts'
import { heardEvents } from '../heard-events.ts'
import { refuse } from '../refusal.ts'
import { type AskingService, askService } from './ask-service.ts'
import { findService } from './services.ts'

type CanaryInput = { readonly target: Target; readonly deployment: string; readonly keepsText?: true | undefined }

/** Throws a refusal where it cannot begin, or its result cannot be kept. */
export async function* askAppliance(
  { core, operator }: Pick<CallContext, 'core' | 'operator'>,
  { target, deployment, keepsText }: CanaryInput,
  left?: AbortSignal,
): AsyncGenerator<CanaryEvent> {
  const opening = openingToChange(core, target)
  if (!opening.ok) throw refuse(opening.failure)
  const stop = new AbortController()
  const result = yield* heardEvents({
    begin: (hear: (event: CanaryEvent) => void) =>
      askLocked(core, opening.value, {
        ...{ deployment, who: operator, cause: 'asked', stop, hear },
        ...(keepsText === true && { keepsAnswers: true }),
      }),
    left,
    stop: () => stop.abort(),
  })
  if (result === undefined) return
  if (!result.ok) throw refuse(result.failure)
  yield { event: 'result', result: result.value }
}

type Locked = Omit<AskingService, 'canaryId' | 'signal' | 'held'> & {
  readonly deployment: string
  readonly stop: AbortController
}

/** While it goes on, whoever watches there takes its questions for nobody's, as those of a benchmark. */
export function askLocked(core: Core, opening: Opening, locked: Locked): Promise<Result<CanaryResult>> {
  const canaryId = `canary-${core.tools.randomId()}`
  const { loads, over } = core.benches.begin(canaryId, opening.address, locked.stop)
  const ask = async (connection: Connection): Promise<Result<CanaryResult>> => {
    const found = await findService(core, connection, locked.deployment)
    if (!found.ok) return found
    const lock = await holdForBench(connection, { run: canaryId, who: locked.who, at: core.tools.now() })
    if (!lock.ok) return lock
    try {
      loads([locked.deployment])
      const { held } = lock.value
      const asking = { ...locked, canaryId, signal: locked.stop.signal, held }
      return await askService(core, { address: opening.address, connection }, found.value, asking)
    } finally {
      lock.value.release()
    }
  }
  return core.sessions.withConnection(opening, ask).finally(over)
}
