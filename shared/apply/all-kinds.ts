// The step kinds by name; a new kind is one file and one line here.
import type { StepKindName, StepSpec } from '../domain/plan.ts'
import { absentContainerStep, absentImageStep, absentNetworkStep, absentRacksideStep } from './absent.ts'
import { artifactStep } from './artifact.ts'
import { containerStep } from './container.ts'
import { imageStep } from './image.ts'
import { networkStep } from './network.ts'
import { readyStep } from './ready.ts'
import type { StepKind } from './step-kind.ts'

const kinds: { readonly [K in StepKindName]: StepKind<K> } = {
  artifact: artifactStep,
  image: imageStep,
  network: networkStep,
  container: containerStep,
  ready: readyStep,
  'absent-container': absentContainerStep,
  'absent-network': absentNetworkStep,
  'absent-image': absentImageStep,
  'absent-rackside': absentRacksideStep,
}

/** The kind of a step, typed so that it takes exactly that step's spec. */
export function kindOf<S extends StepSpec>(spec: S): StepKind<S['kind']> {
  return kinds[spec.kind] as StepKind<S['kind']>
}
