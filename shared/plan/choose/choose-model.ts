// How a model is served on an appliance: the image of a runtime, the form of the weights, and how many devices share
// them, chosen together because each decides what the others can be. Accelerators go before the processor, then the
// model's own order of forms, then the solution's order of runtimes. Whatever was passed over says why.

import { familyOf } from '../../domain/accelerator-family.ts'
import type { Artifact } from '../../domain/artifact.ts'
import type { RejectedVariant, Rejection } from '../../domain/choice.ts'
import type { ModelEntry, ModelVariant } from '../../domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../../domain/entry/runtime-entry.ts'
import type { ContainerVariant } from '../../domain/entry/variant.ts'
import type { Facts } from '../../domain/facts.ts'
import { fail, ok, type Result } from '../../domain/failure.ts'
import { valueOr } from '../../domain/reading.ts'
import { type Catalog, findArtifact } from '../catalog.ts'
import { type ImageArtifact, usableImage } from './choose-variant.ts'

export type WeightsArtifact = Extract<Artifact, { kind: 'weights' }>

export type ChosenModel = {
  readonly runtime: RuntimeEntry
  readonly variant: ContainerVariant
  readonly image: ImageArtifact
  readonly model: ModelVariant
  readonly weights: WeightsArtifact
  readonly rejected: readonly RejectedVariant[]
}

type Candidate = { readonly runtime: RuntimeEntry; readonly variant: ContainerVariant; readonly model: ModelVariant }

export function chooseModel(
  model: ModelEntry,
  runtimes: readonly RuntimeEntry[],
  facts: Facts,
  catalog: Catalog,
): Result<ChosenModel> {
  const rejected: RejectedVariant[] = []
  const unusable = new Set<ContainerVariant>()
  for (const { runtime, variant, model: form } of candidates(model, runtimes)) {
    if (unusable.has(variant)) continue
    const names = { entry: runtime.id, variant: variant.id }
    const image = usableImage(variant, facts, catalog)
    if (!image.ok) {
      unusable.add(variant)
      rejected.push({ ...names, rejections: [...image.against] })
      continue
    }
    const against = [...formRejections(form, runtime), ...deviceRejections(form, variant, facts)]
    const weights = findArtifact(catalog, form.weights)
    if (against.length === 0 && weights?.kind === 'weights') {
      return ok({ runtime, variant, image: image.value, model: form, weights, rejected })
    }
    const missing: Rejection = { reason: 'artifact-not-in-bundle', artifact: form.weights }
    rejected.push({
      ...names,
      model: form.id,
      rejections: weights?.kind === 'weights' ? against : [...against, missing],
    })
  }
  return fail({ kind: 'no-variant-fits', entry: model.id, rejected })
}

function candidates({ variants: forms }: ModelEntry, runtimes: readonly RuntimeEntry[]): Candidate[] {
  const all = forms.flatMap((model) =>
    runtimes.flatMap((runtime) => runtime.variants.map((variant) => ({ runtime, variant, model }))),
  )
  const accelerated = ({ variant }: Candidate) => variant.match.accelerator !== undefined
  return [...all.filter(accelerated), ...all.filter((one) => !accelerated(one))]
}

function formRejections({ format }: ModelVariant, { weightsFormats }: RuntimeEntry): Rejection[] {
  if (weightsFormats.includes(format)) return []
  return [{ reason: 'format-differs', needs: weightsFormats.join(', '), has: format }]
}

function deviceRejections({ onlyOn }: ModelVariant, { match }: ContainerVariant, facts: Facts): Rejection[] {
  if (onlyOn === undefined) return []
  const needs = onlyOn.map(({ vendor, families = [] }) => [vendor, ...families].join(' ')).join(', ')
  const vendor = match.accelerator?.vendor
  if (vendor === undefined) return [{ reason: 'weights-for-other-devices', needs, has: 'the processor' }]
  const report = facts.accelerators.find((one) => one.vendor === vendor)
  const products = valueOr(report?.devices ?? { state: 'absent' }, []).map(({ product }) => valueOr(product, 'unknown'))
  const fits = (product: string) =>
    onlyOn.some((one) => one.vendor === vendor && (one.families?.some((f) => f === familyOf(vendor, product)) ?? true))
  const others = [...new Set(products.filter((product) => !fits(product)))]
  if (others.length === 0) return []
  return [{ reason: 'weights-for-other-devices', needs, has: `${vendor} ${others.join(', ')}`.slice(0, 400) }]
}
