// A second solution beside the ward, whose app brings no model and asks one that is installed; and appliances where such
// models run.
import { containerName } from '../../shared/apply/container-run.ts'
import type { SolutionEntry, SolutionPart } from '../../shared/domain/entry/solution-entry.ts'
import type { Container, Facts } from '../../shared/domain/facts.ts'
import type { StepSpecOf } from '../../shared/domain/plan.ts'
import { known } from '../../shared/domain/reading.ts'
import { deploymentLabel, proofLabel, specLabel, usesLabel } from '../../shared/domain/remote-layout.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'
import { bareFacts, planFor, wardCatalog } from './plan-cases.ts'

export const letters: SolutionPart = {
  ...{ role: 'app', name: 'letters', app: 'note-helper', usesInstalled: 'openai-chat', hostPort: 8420 },
}

/** The catalog with one solution more; `catalog`: another one than the ward's. */
export function catalogBeside(parts: readonly SolutionPart[] = [letters], catalog: Catalog = wardCatalog()): Catalog {
  const ward = catalog.entries.find((one) => one.kind === 'solution')
  if (ward?.kind !== 'solution') throw new Error('the ward has no solution')
  const beside: SolutionEntry = { ...ward, id: 'letters', services: [...parts] }
  return { ...catalog, entries: [...catalog.entries, beside] }
}

/** A container as its step leaves it. */
export function runningAs(step: StepSpecOf<'container'>, changes: Partial<Container> = {}): Container {
  const { deployment, image, network, containerPort, uses } = step.spec
  return {
    ...{ id: deployment, name: containerName(deployment), imageId: image.configDigest },
    ...{ state: 'running', health: 'healthy', startedAt: '2026-11-20T08:00:00Z', restartCount: 0 },
    labels: {
      ...{ [deploymentLabel]: deployment, [specLabel]: step.specDigest, [proofLabel]: JSON.stringify(step.proof) },
      ...(uses !== undefined && { [usesLabel]: JSON.stringify(uses) }),
    },
    ...(containerPort !== undefined && { place: { network, port: containerPort } }),
    ...changes,
  }
}

/** The model of the ward as it runs. */
export function wardModel(changes: Partial<Container> = {}): Container {
  const step = planFor(bareFacts()).steps.find(({ id }) => id === 'container.ward-model')?.spec
  if (step?.kind !== 'container') throw new Error('the ward has no model')
  return runningAs(step, changes)
}

/** The same model again, under another name and by another solution. */
export function otherModel(deployment: string, solution: string): Container {
  const one = wardModel()
  const proof = { ...JSON.parse(one.labels[proofLabel] ?? ''), deployment, modelName: `${deployment}-8b` }
  const labels = { ...one.labels, [deploymentLabel]: deployment, [proofLabel]: JSON.stringify(proof) }
  const place = { network: `rackside-${solution}`, port: 9000 }
  return { ...one, id: deployment, name: containerName(deployment), labels, place }
}

export function factsWith(...containers: Container[]): Facts {
  return bareFacts({ containers: known(containers) })
}
