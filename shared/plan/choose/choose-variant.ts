// Which variant of an entry fits an appliance: the first in the entry's order against which nothing stands. Every
// variant passed over keeps its exact reasons, because "why not the GPU?" is the next question.
import type { Artifact } from '../../domain/artifact.ts'
import type { RejectedVariant, Rejection } from '../../domain/choice.ts'
import { type Architecture, architecturesOf, type ContainerVariant } from '../../domain/entry/variant.ts'
import type { Facts } from '../../domain/facts.ts'
import { fail, ok, type Result } from '../../domain/failure.ts'
import { valueOr } from '../../domain/reading.ts'
import { type Catalog, findArtifact } from '../catalog.ts'
import { matchRejections } from './match-hardware.ts'

export type ImageArtifact = Extract<Artifact, { kind: 'image' }>

export type ChosenVariant = {
  readonly variant: ContainerVariant
  readonly image: ImageArtifact
  readonly rejected: readonly RejectedVariant[]
}

export function chooseVariant(
  entry: { readonly id: string; readonly variants: readonly ContainerVariant[] },
  facts: Facts,
  catalog: Catalog,
): Result<ChosenVariant> {
  const rejected: RejectedVariant[] = []
  for (const variant of entry.variants) {
    const usable = usableImage(variant, facts, catalog)
    if (usable.ok) return ok({ variant, image: usable.value, rejected })
    rejected.push({ entry: entry.id, variant: variant.id, rejections: [...usable.against] })
  }
  return fail({ kind: 'no-variant-fits', entry: entry.id, rejected })
}

export type UsableImage =
  | { readonly ok: true; readonly value: ImageArtifact }
  | { readonly ok: false; readonly against: readonly Rejection[] }

/** The image of this appliance's architecture, where everything that the variant asks of the machine holds. */
export function usableImage(variant: ContainerVariant, facts: Facts, catalog: Catalog): UsableImage {
  const has = valueOr(facts.architecture, 'unknown')
  const architecture = architecturesOf(variant).find((one) => one === has)
  const wrong: Rejection = { reason: 'architecture-differs', needs: architecturesOf(variant).join(', '), has }
  const image = architecture === undefined ? wrong : imageOf(variant, architecture, catalog)
  const against = [...('reason' in image ? [image] : []), ...matchRejections(variant.match, facts)]
  return 'reason' in image || against.length > 0 ? { ok: false, against: sorted(against) } : { ok: true, value: image }
}

/** What is about the machine first; bytes that are not there can be brought. */
function sorted(against: readonly Rejection[]): Rejection[] {
  const isAboutBytes = ({ reason }: Rejection) =>
    reason === 'artifact-not-in-bundle' || reason === 'image-for-other-platform'
  return [...against.filter((one) => !isAboutBytes(one)), ...against.filter(isAboutBytes)]
}

function imageOf(variant: ContainerVariant, architecture: Architecture, catalog: Catalog): ImageArtifact | Rejection {
  const id = variant.images[architecture]?.artifact ?? ''
  const artifact = findArtifact(catalog, id)
  if (artifact === undefined || artifact.kind !== 'image') return { reason: 'artifact-not-in-bundle', artifact: id }
  const has = artifact.image.platform.architecture
  return has === architecture ? artifact : { reason: 'image-for-other-platform', needs: architecture, has }
}
