// Whether a form of a model was measured on hardware like what a plan gives it: the same product, as many of them, the same
// runtime. Something similar is no evidence: half as many devices, or a card of the same family, is other hardware.
import type { Vendor } from '../domain/accelerator.ts'
import { type HardwareClass, isSameHardware, type MeasuredEvidence } from '../domain/entry/measured.ts'
import type { ModelVariant } from '../domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../domain/entry/runtime-entry.ts'
import type { ContainerVariant } from '../domain/entry/variant.ts'
import type { Facts } from '../domain/facts.ts'
import { valueOr } from '../domain/reading.ts'
import { deviceId } from './choose/place-model.ts'
import { devicesThere } from './devices-there.ts'
import type { ChosenFit } from './fit/answer.ts'

type There = Pick<Facts, 'accelerators' | 'cpu'>
type Served = {
  readonly form: Pick<ModelVariant, 'measured'>
  readonly runtime: Pick<RuntimeEntry, 'id' | 'version'>
  readonly variant: Pick<ContainerVariant, 'match'>
  /** Missing where nobody knows on which devices. */
  readonly fit?: Pick<ChosenFit, 'devices'> | undefined
}

/** Of the same version of the runtime before others, then the newest. */
export function measuredOn({ form, runtime, variant, fit }: Served, facts: There): MeasuredEvidence | undefined {
  const here = hardwareOf(facts, { vendor: variant.match.accelerator?.vendor, devices: fit?.devices ?? [] })
  if (here === undefined) return undefined
  const fitting = (form.measured ?? []).filter(
    (one) => one.runtime === runtime.id && isSameHardware(one.hardware, here),
  )
  const isSameVersion = (one: MeasuredEvidence) => (one.runtimeVersion === runtime.version ? 1 : 0)
  return fitting.sort(
    (a, b) =>
      isSameVersion(b) - isSameVersion(a) || (a.measuredOn < b.measuredOn ? 1 : a.measuredOn > b.measuredOn ? -1 : 0),
  )[0]
}

type Given = { readonly vendor: Vendor | undefined; readonly devices: readonly string[] }

/** Undefined where they are not all alike, or it cannot be said what they are. */
function hardwareOf(facts: There, { vendor, devices }: Given): HardwareClass | undefined {
  if (vendor === undefined) {
    if (facts.cpu.state !== 'known') return undefined
    const { model, logicalCores } = facts.cpu.value
    return model === '' ? undefined : { on: 'processor', product: model, cores: logicalCores }
  }
  const given = devicesThere(vendor, facts).filter((one) => devices.includes(deviceId(one)))
  const products = new Set(given.map(({ product }) => valueOr(product, '')))
  const [product = ''] = products
  if (given.length !== devices.length || products.size !== 1 || product === '') return undefined
  const memory = given.flatMap(({ memoryTotalBytes }) =>
    memoryTotalBytes.state === 'known' ? [memoryTotalBytes.value] : [],
  )
  const isTold = memory.length === given.length
  return {
    on: 'accelerators',
    vendor,
    product,
    count: given.length,
    ...(isTold && { memoryBytes: Math.min(...memory) }),
  }
}
