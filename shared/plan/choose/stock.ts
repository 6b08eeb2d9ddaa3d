// Which bytes a choice counts on: those that a bundle brings, or all that a catalog describes, to see what would run
// here if somebody brought it.
import { type Artifact, bytesOfWeights } from '../../domain/artifact.ts'
import type { Rejection } from '../../domain/choice.ts'
import type { ModelEntry, ModelVariant } from '../../domain/entry/model-entry.ts'
import type { Pictured } from '../../domain/entry/part.ts'
import type { Architecture } from '../../domain/entry/variant.ts'
import type { ModelShape } from '../../domain/model-shape.ts'
import { type Catalog, findArtifact } from '../catalog.ts'

export type ImageArtifact = Extract<Artifact, { kind: 'image' }>
export type WeightsArtifact = Extract<Artifact, { kind: 'weights' }>

/** `bytes`: of all files of the weights. */
export type Weights = { readonly shape: ModelShape; readonly bytes: number }

export type Stock = {
  readonly againstImage: (variant: Pictured, architecture: Architecture) => Rejection | undefined
  readonly weights: (form: ModelVariant, model: ModelEntry) => Weights | Rejection
}

export function imageIn(catalog: Catalog, variant: Pictured, architecture: Architecture): ImageArtifact | undefined {
  const artifact = findArtifact(catalog, variant.images[architecture]?.artifact ?? '')
  return artifact?.kind === 'image' ? artifact : undefined
}

export function weightsIn(catalog: Catalog, form: ModelVariant): WeightsArtifact | undefined {
  const artifact = findArtifact(catalog, form.weights)
  return artifact?.kind === 'weights' ? artifact : undefined
}

/** What has to be on the appliance for these weights: of a folder its files, and then the list of them. */
export function weightsArtifacts({ artifacts }: Pick<Catalog, 'artifacts'>, weights: WeightsArtifact): Artifact[] {
  if (weights.weights.format !== 'safetensors') return [weights]
  const bySum = new Map(artifacts.map((one) => [one.sha256, one]))
  return [...weights.weights.files.flatMap(({ sha256 }) => bySum.get(sha256) ?? []), weights]
}

export function bundleStock(catalog: Catalog): Stock {
  return {
    againstImage: (variant, architecture) => {
      const image = imageIn(catalog, variant, architecture)
      if (image === undefined) return notThere(variant.images[architecture]?.artifact ?? '')
      const has = image.image.platform.architecture
      return has === architecture ? undefined : { reason: 'image-for-other-platform', needs: architecture, has }
    },
    weights: (form) => {
      const found = weightsIn(catalog, form)
      if (found === undefined) return notThere(form.weights)
      const { format, shape } = found.weights
      if (format !== form.format) return { reason: 'format-differs', needs: form.format, has: format }
      return { shape, bytes: bytesOfWeights(found) }
    },
  }
}

/** Of a model whose shape nobody has published here nothing can be said. */
export const describedStock: Stock = {
  againstImage: () => undefined,
  weights: ({ bytes }, { id, shape }) =>
    shape === undefined ? { reason: 'shape-unknown', model: id } : { shape, bytes },
}

/** Of a catalog that may bring bytes: what it brings is known better than it is described. */
export function knownStock(catalog: Catalog): Stock {
  const brought = bundleStock(catalog)
  return {
    againstImage: (variant, architecture) =>
      imageIn(catalog, variant, architecture) === undefined ? undefined : brought.againstImage(variant, architecture),
    weights: (form, model) => (weightsIn(catalog, form) === undefined ? describedStock : brought).weights(form, model),
  }
}

function notThere(artifact: string): Rejection {
  return { reason: 'artifact-not-in-bundle', artifact }
}
