// What the catalog that a model was installed from says of its hardware: only while that is the hardware which is there now, and
// the runtime is still of that version.
import type { DeviceProof } from '../../../shared/domain/device-proof.ts'
import { isSameHardware, type MeasuredEvidence } from '../../../shared/domain/entry/measured.ts'
import type { Container, Facts } from '../../../shared/domain/facts.ts'
import { keptOrigin } from '../../../shared/domain/installed-origin.ts'
import type { Kept } from '../../../shared/domain/kept.ts'
import { hardwareOf } from '../../../shared/verify/acceptance/evidence.ts'
import { takeInventory } from '../../../shared/verify/acceptance/take-inventory.ts'

type There = { readonly container: Container; readonly versions: Kept['versions']; readonly facts: Facts }

export function evidenceThere(
  proof: Pick<DeviceProof, 'expected' | 'version'>,
  { container, versions, facts }: There,
): MeasuredEvidence | undefined {
  const measured = keptOrigin(container, versions)?.measured
  if (measured === undefined || measured.runtimeVersion !== proof.version) return undefined
  const now = hardwareOf(proof, takeInventory(facts))
  return now !== undefined && isSameHardware(measured.hardware, now) ? measured : undefined
}
