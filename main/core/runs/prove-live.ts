// Proves an appliance for somebody who watches: the same climb as for `status`, its events handed on as they
// happen: some rungs and one short answer a deployment.
import type { Target } from '../../../shared/contract/contract.ts'
import type { ProofEvent } from '../../../shared/domain/proof-event.ts'
import { openingAnew } from '../appliances.ts'
import type { CallContext } from '../context.ts'
import { heardEvents } from '../heard-events.ts'
import { mayOperate } from '../operators/caller.ts'
import { refuse } from '../refusal.ts'
import { proveAppliance } from './prove.ts'

/** Throws a refusal where the appliance cannot be looked at. A reader that leaves ends the climb at its next rung. */
export async function* proveLive(
  { core, who, operator }: CallContext,
  target: Target,
  left?: AbortSignal,
): AsyncGenerator<ProofEvent> {
  const opening = openingAnew(core, target)
  if (!opening.ok) throw refuse(opening.failure)
  const stop = new AbortController()
  const verdict = yield* heardEvents({
    begin: (hear: (event: ProofEvent) => void) =>
      core.sessions.withConnection(opening.value, async (connection) =>
        proveAppliance(
          core,
          { address: opening.value.address, connection },
          // Whoever only looks starts no container there: they see what the probes said last.
          { hear, signal: stop.signal, ...(mayOperate(who) && { tries: { who: operator } }) },
        ),
      ),
    left,
    stop: () => stop.abort(),
  })
  if (verdict === undefined) return
  if (!verdict.ok) {
    core.lasting.lost(opening.value.address)
    throw refuse(verdict.failure)
  }
  yield { event: 'verdict', verdict: verdict.value }
}
