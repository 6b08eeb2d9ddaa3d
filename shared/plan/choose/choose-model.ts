// How a model is served on an appliance: the image of a runtime, the form of the weights, and how many devices share
// them, chosen together because each decides what the others can be. Accelerators go before the processor, then the
// model's own order of forms, then the solution's order of runtimes. Whatever was passed over says why.

import { familyOf } from '../../domain/accelerator-family.ts'
import type { RejectedVariant, Rejection } from '../../domain/choice.ts'
import type { MeasuredEvidence } from '../../domain/entry/measured.ts'
import type { ModelEntry, ModelVariant } from '../../domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../../domain/entry/runtime-entry.ts'
import type { ContainerVariant } from '../../domain/entry/variant.ts'
import type { Facts } from '../../domain/facts.ts'
import { fail, ok, type Result } from '../../domain/failure.ts'
import type { IgnoredFit } from '../../domain/ignored-fit.ts'
import { interfaceOf } from '../../domain/model-interface.ts'
import { productsThere } from '../devices-there.ts'
import { measuredOn } from '../evidence.ts'
import type { ChosenFit } from '../fit/answer.ts'
import { type ChosenVariant, usableOn } from './choose-variant.ts'
import { type Held, placeModel, placeWithoutRoom } from './place-model.ts'
import type { Stock } from './stock.ts'

export type ChosenModel = ChosenVariant & {
  readonly runtime: RuntimeEntry
  readonly form: ModelVariant
  /** Missing where the memory of the devices is not known. */
  readonly fit?: ChosenFit
  /** That it was measured on as many of the same devices. */
  readonly measured?: MeasuredEvidence
  /** What the sum of its memory says, where it says no and somebody ignores it. */
  readonly ignored?: Omit<IgnoredFit, 'service'>
}

/** `held`: by models placed before. `ignoresFit`: it is placed also where the sum of its memory says no. */
export type Surroundings = {
  readonly facts: Facts
  readonly stock: Stock
  readonly held: Held
  readonly ignoresFit?: boolean
}

export type Candidate = {
  readonly runtime: RuntimeEntry
  readonly variant: ContainerVariant
  readonly form: ModelVariant
}

export function chooseModel(
  model: ModelEntry,
  runtimes: readonly RuntimeEntry[],
  around: Surroundings,
): Result<ChosenModel> {
  const rejected: RejectedVariant[] = []
  const unusable = new Set<ContainerVariant>()
  for (const candidate of candidates(model, runtimes)) {
    const { runtime, variant, form } = candidate
    if (unusable.has(variant)) continue
    const names = { entry: runtime.id, variant: variant.id }
    const usable = usableOn(variant, around.facts, around.stock)
    if (!usable.ok) {
      unusable.add(variant)
      rejected.push({ ...names, rejections: [...usable.against] })
      continue
    }
    const placed = placeCandidate(candidate, model, around)
    if (placed.ok) {
      const chosen = { ...candidate, architecture: usable.architecture, ...placed.found, rejected }
      return ok(withMeasured(chosen, around.facts))
    }
    rejected.push({ ...names, model: form.id, rejections: [...placed.against] })
  }
  const forced = around.ignoresFit === true ? withoutRoom(model, runtimes, { around, rejected }) : undefined
  if (forced !== undefined) return ok(forced)
  return fail({ kind: 'no-variant-fits', entry: model.id, rejected })
}

/** That what was passed over lacks is memory, and nothing else. */
export function missingMemory({ rejections }: RejectedVariant): Omit<IgnoredFit, 'service'> | undefined {
  const [first] = rejections
  if (first?.reason !== 'memory-too-small' || rejections.length > 1) return undefined
  return { needBytes: first.needBytes, availableBytes: first.hasBytes }
}

/** Of what only lacks memory what lacks the least, with as little as it has. */
function withoutRoom(
  model: ModelEntry,
  runtimes: readonly RuntimeEntry[],
  { around, rejected }: { readonly around: Surroundings; readonly rejected: readonly RejectedVariant[] },
): ChosenModel | undefined {
  const { facts, stock, held } = around
  const lacking = rejected
    .flatMap((one) => {
      const ignored = missingMemory(one)
      return ignored === undefined ? [] : [{ one, ignored, lacks: ignored.needBytes - ignored.availableBytes }]
    })
    .sort((a, b) => a.lacks - b.lacks)
  for (const { one, ignored } of lacking) {
    const candidate = candidates(model, runtimes).find(
      ({ runtime, variant, form }) => runtime.id === one.entry && variant.id === one.variant && form.id === one.model,
    )
    const usable = candidate && usableOn(candidate.variant, facts, stock)
    const weights = candidate && stock.weights(candidate.form, model)
    if (candidate === undefined || usable?.ok !== true || weights === undefined || 'reason' in weights) continue
    const place = { shape: weights.shape, weightsBytes: weights.bytes, ...candidate, model }
    const fit = placeWithoutRoom(place, facts, held)
    if (fit === undefined) continue
    const others = rejected.filter((other) => other !== one)
    return withMeasured({ ...candidate, architecture: usable.architecture, fit, ignored, rejected: others }, facts)
  }
  return undefined
}

function withMeasured(chosen: ChosenModel, facts: Facts): ChosenModel {
  const measured = measuredOn(chosen, facts)
  return measured === undefined ? chosen : { ...chosen, measured }
}

type PlacedCandidate =
  | { readonly ok: true; readonly found: Pick<ChosenModel, 'fit'> }
  | { readonly ok: false; readonly against: readonly Rejection[] }

function placeCandidate(
  { runtime, variant, form }: Candidate,
  model: ModelEntry,
  around: Surroundings,
): PlacedCandidate {
  const { facts, stock, held } = around
  const against = [
    ...interfaceRejections(model, runtime),
    ...formRejections(form, runtime),
    ...deviceRejections(form, variant, facts),
  ]
  const weights = stock.weights(form, model)
  if ('reason' in weights) return { ok: false, against: [...against, weights] }
  if (against.length > 0) return { ok: false, against }
  const placed = placeModel({ shape: weights.shape, weightsBytes: weights.bytes, runtime, variant, model }, facts, held)
  if (!placed.ok) return { ok: false, against: [placed.against] }
  return { ok: true, found: placed.fit === undefined ? {} : { fit: placed.fit } }
}

export function candidates({ variants: forms }: ModelEntry, runtimes: readonly RuntimeEntry[]): Candidate[] {
  const all = forms.flatMap((form) =>
    runtimes.flatMap((runtime) => runtime.variants.map((variant) => ({ runtime, variant, form }))),
  )
  const accelerated = ({ variant }: Candidate) => variant.match.accelerator !== undefined
  return [...all.filter(accelerated), ...all.filter((one) => !accelerated(one))]
}

/** An engine that can only chat does not make vectors of a text, whatever model it has. */
export function interfaceRejections(model: ModelEntry, { id, provides }: RuntimeEntry): Rejection[] {
  const needs = interfaceOf(model)
  return provides.includes(needs) ? [] : [{ reason: 'interface-not-provided', needs, by: id }]
}

export function formRejections({ format }: ModelVariant, { weightsFormats, weights }: RuntimeEntry): Rejection[] {
  const read = weightsFormats.includes(format)
  return [
    ...(read ? [] : [{ reason: 'format-differs', needs: weightsFormats.join(', '), has: format } as const]),
    ...(weights === 'imported' ? [{ reason: 'weights-imported' } as const] : []),
  ]
}

export function deviceRejections({ onlyOn }: ModelVariant, { match }: ContainerVariant, facts: Facts): Rejection[] {
  if (onlyOn === undefined) return []
  const needs = onlyOn.map(({ vendor, families = [] }) => [vendor, ...families].join(' ')).join(', ')
  const vendor = match.accelerator?.vendor
  if (vendor === undefined) return [{ reason: 'weights-for-other-devices', needs, has: '' }]
  const fits = (product: string) =>
    onlyOn.some((one) => one.vendor === vendor && (one.families?.some((f) => f === familyOf(vendor, product)) ?? true))
  const others = productsThere(vendor, facts).filter((product) => !fits(product))
  if (others.length === 0) return []
  return [{ reason: 'weights-for-other-devices', needs, has: `${vendor} ${others.join(', ')}`.slice(0, 400) }]
}
