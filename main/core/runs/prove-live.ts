// Proves an appliance for somebody who watches: the same climb as for `status`, its events handed on as they
// happen. What waits to be read is bounded by the climb itself (some rungs, one short answer a deployment).
import type { Target } from '../../../shared/contract/contract.ts'
import type { ProofEvent } from '../../../shared/domain/proof-event.ts'
import { openingAnew } from '../appliances.ts'
import { bellOf } from '../bell.ts'
import type { CallContext } from '../context.ts'
import { refuse } from '../refusal.ts'
import { proveAppliance } from './prove.ts'

/** Throws a refusal where the appliance cannot be looked at. A reader that leaves ends the climb at its next rung. */
export async function* proveLive(
  { core, role, operator }: Pick<CallContext, 'core' | 'role' | 'operator'>,
  target: Target,
  left?: AbortSignal,
): AsyncGenerator<ProofEvent> {
  const opening = openingAnew(core, target)
  if (!opening.ok) throw refuse(opening.failure)
  const stop = new AbortController()
  const heard: ProofEvent[] = []
  const bell = bellOf()
  const proving = core.sessions.withConnection(opening.value, async (connection) => {
    const hear = (event: ProofEvent) => {
      heard.push(event)
      bell.ring()
    }
    return proveAppliance(
      core,
      { address: opening.value.address, connection },
      // Whoever only looks starts no container there: they see what the probes said last.
      { hear, signal: stop.signal, ...(role !== 'viewer' && { tries: { who: operator } }) },
    )
  })
  let settled = false
  const onSettled = () => {
    settled = true
    bell.ring()
  }
  proving.then(onSettled, onSettled)
  left?.addEventListener('abort', bell.ring)
  try {
    while (left?.aborted !== true && (!settled || heard.length > 0)) {
      const next = heard.shift()
      if (next === undefined) await bell.rung()
      else yield next
    }
    if (left?.aborted === true) return
    const verdict = await proving
    if (!verdict.ok) {
      core.lasting.lost(opening.value.address)
      throw refuse(verdict.failure)
    }
    yield { event: 'verdict', verdict: verdict.value }
  } finally {
    left?.removeEventListener('abort', bell.ring)
    stop.abort()
  }
}
