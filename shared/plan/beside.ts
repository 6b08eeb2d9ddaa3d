// Which replacements need no gap of minutes: where memory holds the service and its successor at once, the successor is
// proven beside it first.
import { canStandBeside } from '../apply/confinement.ts'
import { deployedContainer } from '../apply/container.ts'
import { isAlone } from '../apply/container-run.ts'
import { volumesToSave } from '../apply/volume-backup.ts'
import type { Vendor } from '../domain/accelerator.ts'
import type { Facts } from '../domain/facts.ts'
import type { MemoryFit, PlanStep } from '../domain/plan.ts'

/** Left over for everybody else, in parts of what the successor needs. */
const reserve = 0.1

/** Several processes can hold one of their devices; others give a device to one container only. */
const sharing: readonly Vendor[] = ['nvidia', 'amd']

/**
 * `fits`: of every service of the plan, with or without a change. What else the plan starts has its memory before. One
 * replacement comes after the other, and each gives back what it took.
 */
export function withBeside(steps: readonly PlanStep[], fits: readonly MemoryFit[], facts: Facts): PlanStep[] {
  const starts = steps.flatMap(({ change, reason, spec }) =>
    change && reason !== 'container-differs' && spec.kind === 'container' ? [spec.spec.deployment] : [],
  )
  return steps.map((step) => {
    const { spec, reason } = step
    if (spec.kind !== 'container' || reason !== 'container-differs') return step
    const { deployment, accelerators } = spec.spec
    if (accelerators !== undefined && !sharing.includes(accelerators)) return step
    if (deployedContainer(deployment, facts)?.state !== 'running') return step
    if (!canStandBeside(spec.spec)) return step
    // Never two at once on the same data.
    if (!isAlone(spec) || volumesToSave(spec, facts).length > 0) return step
    const fit = fits.find((one) => one.service === deployment)
    if (fit === undefined) return step
    const taken = fits.filter((one) => one.where === fit.where && starts.includes(one.service))
    const left = fit.availableBytes - taken.reduce((sum, one) => sum + one.needBytes, 0)
    const needBytes = Math.ceil(fit.needBytes * (1 + reserve))
    if (needBytes > left) return step
    return { ...step, spec: { ...spec, beside: { memoryBytes: fit.where === 'memory' ? needBytes : 0 } } }
  })
}
