// What an acceptance shows of each model: where it is computed, and how it answers. Results of the questions are kept as any
// others are; of them the document has what was judged.
import type { AcceptedCanary } from '../../../shared/domain/acceptance.ts'
import type { CanaryResult } from '../../../shared/domain/canary.ts'
import type { DeviceProof } from '../../../shared/domain/device-proof.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { askService } from '../canary/ask-service.ts'
import { servicesIn } from '../canary/services.ts'
import type { CallContext } from '../context.ts'
import { proveDevices } from '../devices/prove-devices.ts'
import type { Accepting } from './accepting.ts'

export function proveWhere(
  { core }: CallContext,
  { target, hear, stop, loads }: Accepting,
): Promise<Result<DeviceProof[]>> {
  return proveDevices(
    core,
    { target },
    {
      signal: stop,
      hear(event) {
        if (event.event !== 'begin') return
        loads([event.deployment])
        hear({ event: 'progress', stage: 'devices', about: event.deployment })
      },
    },
  )
}

export async function askEach(
  { core, operator }: CallContext,
  { connection, opening, hear, stop, loads, held }: Accepting & { readonly held: () => boolean },
  facts: Facts,
): Promise<Result<AcceptedCanary[]>> {
  const services = servicesIn(core, facts)
  if (!services.ok) return services
  const canaries: AcceptedCanary[] = []
  for (const one of services.value) {
    if (stop.aborted) break
    const { deployment } = one.subject
    loads([deployment])
    const result = await askService(core, { address: opening.address, connection }, one, {
      ...{ canaryId: `canary-${core.tools.randomId()}`, who: operator, cause: 'asked', signal: stop, held },
      hear(event) {
        if (event.event !== 'question-begin') return
        hear({ event: 'progress', stage: 'canary', about: deployment })
      },
    })
    if (!result.ok) return result
    canaries.push(shownOf(deployment, result.value))
  }
  return ok(canaries)
}

function shownOf(
  deployment: string,
  { canaryId, set, verdict, end, failure, questions }: CanaryResult,
): AcceptedCanary {
  return {
    ...{ deployment, canaryId, set, verdict, end, ...(failure !== undefined && { failure }) },
    questions: questions.map(({ sketch: _sketch, says: _says, holds: _holds, ...question }) => question),
  }
}
