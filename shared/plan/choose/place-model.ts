// Where on an appliance a model can lie: which of its devices share it, and how. By what the devices have, not by what
// is free at the moment: the same appliance gives the same answer tomorrow, when the model itself holds its memory.
// What is not free stands in the way of a plan by itself.
import type { Accelerator } from '../../domain/accelerator.ts'
import { familyOf } from '../../domain/accelerator-family.ts'
import type { Rejection } from '../../domain/choice.ts'
import type { ModelEntry } from '../../domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../../domain/entry/runtime-entry.ts'
import type { ContainerVariant } from '../../domain/entry/variant.ts'
import type { Facts } from '../../domain/facts.ts'
import type { ModelShape } from '../../domain/model-shape.ts'
import { valueOr } from '../../domain/reading.ts'
import { devicesThere, productsThere } from '../devices-there.ts'
import { type ChosenFit, type FitAnswer, fitModel } from '../fit/answer.ts'
import { type FitDevice, type Place, placeOfHost, placesOf } from '../fit/places.ts'
import { type FitRules, fitRules } from '../fit/rules.ts'

/** Bytes that models placed before hold, by device; of one that keeps a device to itself, all of it. */
export type Held = ReadonlyMap<string, number>

export type ModelPlace = {
  readonly shape: ModelShape
  readonly weightsBytes: number
  readonly runtime: RuntimeEntry
  readonly variant: ContainerVariant
  readonly model: Pick<ModelEntry, 'contextTokens' | 'parallel'>
}

/** `fit` is missing where the memory of the devices is not known: then nothing is said about it. */
export type Placed =
  | { readonly ok: true; readonly fit?: ChosenFit }
  | { readonly ok: false; readonly against: Rejection }

export function placeModel(model: ModelPlace, facts: Facts, held: Held): Placed {
  const where = placesAndRules(model, facts, held)
  if (where === undefined) return { ok: true }
  const { contextTokens, parallel: users } = model.model
  // Requests at once, each with its whole context, in a cache of 16 bits.
  const answer = fitModel(model, where, { contextTokens, users, kvBits: 16 })
  if (answer.kind === 'fits') return { ok: true, fit: answer.fits[0] }
  return { ok: false, against: rejectionOf(answer, where.places, contextTokens) }
}

/** Where the least memory is missing, for who ignores that; undefined where it is not for memory that it does not fit. */
export function placeWithoutRoom(model: ModelPlace, facts: Facts, held: Held): ChosenFit | undefined {
  const where = placesAndRules(model, facts, held)
  const wish = { contextTokens: model.model.contextTokens, users: model.model.parallel, kvBits: 16 } as const
  if (where === undefined || fitModel(model, where, wish).kind !== 'memory-missing') return undefined
  const answer = fitModel(model, where, wish, { override: true })
  return answer.kind === 'fits' ? answer.fits[0] : undefined
}

/** Undefined where the memory of the devices is not known. */
export function placesAndRules(
  served: Pick<ModelPlace, 'runtime' | 'variant'>,
  facts: Facts,
  held: Held,
): { readonly places: readonly Place[]; readonly rules: FitRules } | undefined {
  const places = placesFor(served.variant, facts, held)
  return places === undefined ? undefined : { places, rules: rulesFor(served, facts) }
}

/** What an entry says that its process needs is all that it needs besides weights and cache. */
function rulesFor({ runtime, variant }: Pick<ModelPlace, 'runtime' | 'variant'>, facts: Facts): FitRules {
  const own = { activationBytes: 0, runtimeBytes: variant.overheadBytes }
  const vendor = variant.match.accelerator?.vendor
  if (vendor === undefined) return { ...fitRules.processor, ...own }
  if (runtime.splits === 'layers') return { ...fitRules['llama-cpp'], ...own }
  if (runtime.splits === 'none') return { ...fitRules['one-device'], ...own }
  const families = productsThere(vendor, facts).map((product) => familyOf(vendor, product))
  if (families.includes('ascend-310p')) return { ...fitRules['atlas-310p'], ...own }
  if (families.includes('ascend-910c')) return { ...fitRules['atlas-a3'], ...own }
  return { ...(vendor === 'ascend' ? fitRules['atlas-a2'] : fitRules.cuda), ...own }
}

/** Undefined where the memory is not known. */
function placesFor({ match }: ContainerVariant, facts: Facts, held: Held): Place[] | undefined {
  const { memory } = facts
  const host = { machine: 'this', usableBytes: memory.state === 'known' ? memory.value.totalBytes : 0, heldBytes: 0 }
  if (match.accelerator === undefined) {
    return memory.state === 'known' ? [placeOfHost({ ...host, heldBytes: held.get('host') ?? 0 })] : undefined
  }
  const known = devicesThere(match.accelerator.vendor, facts).flatMap((device) => fitDevice(device, held))
  if (known.length === 0) return undefined
  return placesOf(known, memory.state === 'known' ? [host] : [])
}

const gibibyte = 1024 ** 3
/**
 * Of what the driver reports as a device's memory, what it holds itself while nothing runs (idle tables of npu-smi: 2.8
 * to 3.4 GiB on 910B and 910C; of mx-smi: 0.8 GiB). Others report what is left.
 */
const ownOfDriver: Readonly<Record<string, number>> = { ascend: 3 * gibibyte, metax: gibibyte }

function fitDevice(device: Accelerator, held: Held): FitDevice[] {
  const { memoryTotalBytes, detail } = device
  const sharesHostMemory = detail?.sharesHostMemory?.state === 'known' && detail.sharesHostMemory.value
  if (memoryTotalBytes.state !== 'known' && !sharesHostMemory) return []
  const id = deviceId(device)
  const usableBytes = Math.max(0, valueOr(memoryTotalBytes, 0) - (ownOfDriver[device.vendor] ?? 0))
  return [{ id, machine: 'this', usableBytes, heldBytes: held.get(id) ?? 0, sharesHostMemory }]
}

/** Its number as its tool has it, and that of the chip on its card: unique on an appliance of one vendor. */
export function deviceId({ vendor, index, chip }: Pick<Accelerator, 'vendor' | 'index' | 'chip'>): string {
  return `${vendor} ${index} ${chip}`
}

type Misfit = Exclude<FitAnswer, { kind: 'fits' }>

export function rejectionOf(answer: Misfit, places: readonly Place[], contextTokens: number): Rejection {
  if (answer.kind === 'no-layout') return { reason: 'no-split', devices: places.length }
  if (answer.kind === 'context-too-long') {
    return { reason: 'context-too-long', needs: contextTokens, has: answer.maxContextTokens }
  }
  const { perDevice, devices, missingBytes } = answer.nearest
  // What neighbours hold is neither there nor asked for.
  const freeOnEach = perDevice.usableBytes * perDevice.utilization - perDevice.heldBytes
  return {
    reason: 'memory-too-small',
    needBytes: Math.max(0, Math.ceil((freeOnEach + missingBytes) * devices.length)),
    hasBytes: Math.max(0, Math.floor(freeOnEach * devices.length)),
    devices: places.length,
    ...(answer.cardsNeeded === undefined || answer.cardsNeeded <= places.length
      ? {}
      : { devicesNeeded: answer.cardsNeeded }),
  }
}
