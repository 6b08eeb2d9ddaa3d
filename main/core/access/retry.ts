// A person asks for an appliance that refused us: the one act that ends a pause which never ends by itself.
import type { Target } from '../../../shared/contract/contract.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { openingAnew } from '../appliances.ts'
import type { Core } from '../context.ts'
import { openingKey } from './opening.ts'

export function retryAppliance(core: Core, target: Target): Result<Record<string, never>> {
  const opening = openingAnew(core, target)
  if (!opening.ok) return opening
  core.watches.get(openingKey(opening.value))?.sampling?.askAgain()
  return ok({})
}
