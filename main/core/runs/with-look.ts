// One connection for both looks at an appliance: how it is, and what it keeps about what Rackside did there.
import type { Target } from '../../../shared/contract/contract.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import type { Result } from '../../../shared/domain/failure.ts'
import type { Kept } from '../../../shared/domain/kept.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { gatherKept } from '../../facts/kept.ts'
import { openingToChange } from '../appliances.ts'
import type { Core } from '../context.ts'
import { gatherNow } from '../gather.ts'

export type Look = { readonly facts: Facts; readonly kept: Kept; readonly address: Plan['address'] }

/** `then` may use the connection further. */
export async function withLook<T>(
  core: Core,
  target: Target,
  then: (look: Look, connection: Connection) => Promise<Result<T>> | Result<T>,
): Promise<Result<T>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    if (!facts.ok) return facts
    const kept = await gatherKept(connection)
    return kept.ok ? then({ facts: facts.value, kept: kept.value, address: opening.value.address }, connection) : kept
  })
}
