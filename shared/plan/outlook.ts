// What the models of a catalog would be on an appliance, before anybody brings their bytes: in which form each fits, on
// how many of its devices, for how many people at once; of one that does not, what stands against it.
import type { RejectedVariant, Rejection } from '../domain/choice.ts'
import type { ModelEntry } from '../domain/entry/model-entry.ts'
import type { Part } from '../domain/entry/part.ts'
import type { RuntimeEntry } from '../domain/entry/runtime-entry.ts'
import type { ContainerVariant } from '../domain/entry/variant.ts'
import type { Facts } from '../domain/facts.ts'
import type { FormOutlook, ModelOutlook, OutlookWish } from '../domain/outlook.ts'
import type { Catalog } from './catalog.ts'
import {
  type Candidate,
  candidates,
  deviceRejections,
  formRejections,
  interfaceRejections,
} from './choose/choose-model.ts'
import { usableOn } from './choose/choose-variant.ts'
import { placesAndRules, rejectionOf } from './choose/place-model.ts'
import { knownStock, type Stock } from './choose/stock.ts'
import { measuredOn } from './evidence.ts'
import { type ChosenFit, fitModel, usersOn } from './fit/answer.ts'
import type { FitModel } from './fit/room.ts'

/** Of every chat or embedding model, by all runtimes of the catalog, each on the empty appliance. */
export function modelOutlooks(facts: Facts, catalog: Catalog, wish: OutlookWish): ModelOutlook[] {
  const { entries } = catalog
  const stock = knownStock(catalog)
  const runtimes = inOrderOfSolutions(entries)
  return entries.flatMap((model) => {
    if (model.kind !== 'model') return []
    const all = candidates(model, runtimes)
    const forms = model.variants.map((form) =>
      formOutlook(
        all.filter((one) => one.form === form),
        { model, facts, wish, stock },
      ),
    )
    return [{ model: model.id, forms: forms.filter((one) => one !== undefined) }]
  })
}

/** As solutions prefer them; those that none uses come last. */
function inOrderOfSolutions(entries: Catalog['entries']): RuntimeEntry[] {
  const services = entries.flatMap((one) => (one.kind === 'solution' ? one.services : []))
  const preferred = services.flatMap((one) => (one.role === 'model' ? one.runtimes : []))
  const place = ({ id }: RuntimeEntry) => (preferred.includes(id) ? preferred.indexOf(id) : preferred.length)
  return entries.filter((one) => one.kind === 'runtime').sort((a, b) => place(a) - place(b))
}

/** Of a model of which no form fits: what lacks the least of all its forms, the smallest number of devices first. */
export function nearestOf({ forms }: ModelOutlook): RejectedVariant | undefined {
  if (forms.some(({ fit, memoryUnknown }) => fit !== undefined || memoryUnknown)) return undefined
  const firsts = forms.flatMap(({ form, rejected: [first] }) =>
    first === undefined ? [] : [{ ...first, model: form }],
  )
  return firsts.sort((a, b) => lack(a) - lack(b) || devicesNeeded(a) - devicesNeeded(b))[0]
}

function devicesNeeded({ rejections: [first] }: RejectedVariant): number {
  return first?.reason === 'memory-too-small' ? (first.devicesNeeded ?? 100_000) : 0
}

type Asked = {
  readonly model: ModelEntry
  readonly facts: Facts
  readonly wish: OutlookWish
  readonly stock: Stock
}
type Tried =
  | { readonly is: 'fit'; readonly fit: NonNullable<FormOutlook['fit']> }
  | { readonly is: 'unknown' }
  | { readonly is: 'rejected'; readonly rejections: readonly Rejection[] }

/** Undefined where no runtime is there to try it with. */
function formOutlook(tries: readonly Candidate[], asked: Asked): FormOutlook | undefined {
  const [first] = tries
  if (first === undefined) return undefined
  const rejected: RejectedVariant[] = []
  let fit: FormOutlook['fit']
  let memoryUnknown = false
  for (const one of tries) {
    const tried = tryOne(one, asked)
    if (tried.is === 'fit') fit ??= tried.fit
    if (tried.is === 'unknown') memoryUnknown = true
    if (tried.is !== 'rejected') continue
    rejected.push({ entry: one.runtime.id, variant: one.variant.id, rejections: [...tried.rejections] })
  }
  const { id, quantization, bytes, evidence } = first.form
  return {
    ...{ form: id, quantization, bytes, evidence },
    ...(fit !== undefined && { fit }),
    ...{ memoryUnknown: memoryUnknown && fit === undefined, rejected: nearestFirst(rejected) },
  }
}

function tryOne({ runtime, variant, form }: Candidate, { model, facts, wish, stock }: Asked): Tried {
  const usable = usableOn(variant, facts, stock)
  const against = [
    ...(usable.ok ? [] : usable.against),
    ...interfaceRejections(model, runtime),
    ...formRejections(form, runtime),
    ...(usable.ok ? deviceRejections(form, variant, facts) : []),
  ]
  const weights = stock.weights(form, model)
  if ('reason' in weights) return { is: 'rejected', rejections: [...against, weights] }
  if (against.length > 0) return { is: 'rejected', rejections: against }
  const where = placesAndRules({ runtime, variant }, facts, new Map())
  if (where === undefined) return { is: 'unknown' }
  const fitted: FitModel = { shape: weights.shape, weightsBytes: weights.bytes }
  const asked = { ...wish, kvBits: 16 } as const
  const answer = fitModel(fitted, where, asked)
  if (answer.kind !== 'fits') {
    return { is: 'rejected', rejections: [rejectionOf(answer, where.places, wish.contextTokens)] }
  }
  const mostUsers = usersOn(fitted, where, asked)
  const vendor = variant.match.accelerator?.vendor
  const [fit] = answer.fits
  const measured = measuredOn({ form, runtime, variant, fit }, facts)
  const names = { runtime: runtime.id, variant: variant.id, evidence: variant.evidence, ...(vendor && { vendor }) }
  return { is: 'fit', fit: { ...names, ...(measured && { measured }), ...sumOf(fit), mostUsers } }
}

function sumOf({ layout, devices, perDevice, users, longestContextTokens }: ChosenFit) {
  const { usableBytes, utilization, weightsBytes, activationBytes, runtimeBytes, kvRoomBytes, kvNeededBytes } =
    perDevice
  return {
    layout,
    devices: devices.length,
    perDevice: {
      ...{ usableBytes, utilization, weightsBytes: Math.ceil(weightsBytes) },
      ...{ overheadBytes: activationBytes + runtimeBytes, kvRoomBytes: Math.floor(kvRoomBytes) },
      kvNeededBytes: Math.ceil(kvNeededBytes),
    },
    ...{ users, longestContextTokens },
  }
}

const onlyOfTheModel: readonly Rejection['reason'][] = ['memory-too-small', 'context-too-long', 'no-split']

/** Of a runtime or an app: the variant that would be taken, and what stands against each that could not be. */
export function variantOutlook(
  {
    id,
    variants,
    parts,
  }: {
    readonly id: string
    readonly variants: readonly ContainerVariant[]
    readonly parts?: readonly Part[] | undefined
  },
  facts: Facts,
  stock: Stock,
): { readonly variant?: string; readonly rejected: readonly RejectedVariant[] } {
  const rejected: RejectedVariant[] = []
  let chosen: string | undefined
  for (const variant of variants) {
    const usable = usableOn(variant, facts, stock, parts)
    if (usable.ok) chosen ??= variant.id
    else rejected.push({ entry: id, variant: variant.id, rejections: [...usable.against] })
  }
  return { ...(chosen !== undefined && { variant: chosen }), rejected: nearestFirst(rejected) }
}

/** What lacks the least comes first; otherwise they keep their order. */
function nearestFirst(rejected: readonly RejectedVariant[]): RejectedVariant[] {
  return [...rejected].sort((a, b) => lack(a) - lack(b))
}

/** What only lacks memory is nearest, then what lacks one thing of the machine, then all that is for other machines. */
function lack({ rejections }: RejectedVariant): number {
  const isElsewhere = rejections.some(
    ({ reason }) => reason === 'accelerator-absent' || reason === 'architecture-differs',
  )
  if (isElsewhere) return 100 + rejections.length
  return rejections.every(({ reason }) => onlyOfTheModel.includes(reason)) ? 0 : rejections.length
}
