// The doctor's use case: look at everything once, then let the rules speak.
import { heldParts } from '../../shared/apply/held-parts.ts'
import type { Target } from '../../shared/contract/contract.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { Examination } from '../../shared/domain/finding.ts'
import { takenBackIn } from '../../shared/plan/taken-back.ts'
import { examine } from '../../shared/verify/doctor/examine.ts'
import { detectWhole } from './appliances.ts'
import type { Core } from './context.ts'

export async function examineAppliance(core: Core, target: Target): Promise<Result<Examination>> {
  const facts = await detectWhole(core, target)
  if (!facts.ok) return facts
  const trust = core.state.trust.read()
  if (!trust.ok) return trust
  return ok(
    examine(facts.value, {
      takenBack: takenBackIn(facts.value, trust.value.publishers),
      held: heldParts(facts.value),
    }),
  )
}
