// What the models of a catalog would be on an appliance, before anybody brings their bytes: in which form each fits, on
// how many of its devices, for how many people at once; of one that does not, what stands against it.
import type { RejectedVariant, Rejection } from '../domain/choice.ts'
import type { ModelEntry } from '../domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../domain/entry/runtime-entry.ts'
import type { Facts } from '../domain/facts.ts'
import type { FormOutlook, ModelOutlook, OutlookWish } from '../domain/outlook.ts'
import type { Catalog } from './catalog.ts'
import { type Candidate, candidates, deviceRejections, formRejections } from './choose/choose-model.ts'
import { usableOn } from './choose/choose-variant.ts'
import { placesAndRules, rejectionOf } from './choose/place-model.ts'
import { describedStock } from './choose/stock.ts'
import { type ChosenFit, fitModel, usersOn } from './fit/answer.ts'
import type { FitModel } from './fit/room.ts'

/** Of every chat or embedding model, by all runtimes of the catalog, each on the empty appliance. */
export function modelOutlooks(facts: Facts, { entries }: Catalog, wish: OutlookWish): ModelOutlook[] {
  const runtimes = inOrderOfSolutions(entries)
  return entries.flatMap((model) => {
    if (model.kind !== 'model') return []
    const all = candidates(model, runtimes)
    const forms = model.variants.map((form) =>
      formOutlook(
        all.filter((one) => one.form === form),
        { model, facts, wish },
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

type Asked = { readonly model: ModelEntry; readonly facts: Facts; readonly wish: OutlookWish }
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
  const nearest = rejected.sort((a, b) => lack(a) - lack(b))
  return {
    ...{ form: id, quantization, bytes, evidence },
    ...(fit !== undefined && { fit }),
    ...{ memoryUnknown: memoryUnknown && fit === undefined, rejected: nearest },
  }
}

function tryOne({ runtime, variant, form }: Candidate, { model, facts, wish }: Asked): Tried {
  const usable = usableOn(variant, facts, describedStock)
  const against = [
    ...(usable.ok ? [] : usable.against),
    ...formRejections(form, runtime),
    ...(usable.ok ? deviceRejections(form, variant, facts) : []),
  ]
  const weights = describedStock.weights(form, model)
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
  const names = { runtime: runtime.id, variant: variant.id, evidence: variant.evidence }
  return { is: 'fit', fit: { ...names, ...sumOf(answer.fits[0]), mostUsers } }
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

/** What only lacks memory is nearest, then what lacks one thing of the machine, then all that is for other machines. */
function lack({ rejections }: RejectedVariant): number {
  const isElsewhere = rejections.some(
    ({ reason }) => reason === 'accelerator-absent' || reason === 'architecture-differs',
  )
  if (isElsewhere) return 100 + rejections.length
  return rejections.every(({ reason }) => onlyOfTheModel.includes(reason)) ? 0 : rejections.length
}
