// The doctor's use case: look at everything once, then let the rules speak.
import type { Target } from '../../shared/contract/contract.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { Examination } from '../../shared/domain/finding.ts'
import { examine } from '../../shared/verify/doctor/examine.ts'
import { detectWhole } from './appliances.ts'
import type { Core } from './context.ts'

export async function examineAppliance(core: Core, target: Target): Promise<Result<Examination>> {
  const facts = await detectWhole(core, target)
  return facts.ok ? ok(examine(facts.value)) : facts
}
