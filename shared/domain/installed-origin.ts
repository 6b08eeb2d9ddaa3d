// What an installed container says of the model that it serves, and what its kept version says of where it came from.
// Labels may come from an image, and hold anything.
import type { Container } from './facts.ts'
import { jsonIn } from './json-text.ts'
import type { Kept } from './kept.ts'
import { type Origin, origin } from './origin.ts'
import { modelLabel, specLabel } from './remote-layout.ts'

type Labelled = Pick<Container, 'labels'>

/** The entry of its model; undefined where it serves none, or nobody noted it. */
export function modelIn({ labels }: Labelled): Origin['model'] {
  return origin.shape.model.safeParse(jsonIn(labels[modelLabel] ?? '')).data
}

/** Of the version that it was made by; undefined where that is not kept. */
export function keptOrigin({ labels }: Labelled, versions: Kept['versions']): Origin | undefined {
  return versions.find(({ step }) => step.specDigest === labels[specLabel])?.step.origin
}
