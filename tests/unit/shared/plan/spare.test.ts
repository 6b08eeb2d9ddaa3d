// What a replacement makes superfluous is planned at its end, and nothing that anybody still needs.
import { describe, expect, it } from 'vitest'
import { spareArtifactStep, spareImageStep } from '../../../../shared/apply/spare.ts'
import { artifactFileName, type ImageIdentity } from '../../../../shared/domain/artifact.ts'
import type { Kept, KeptVersion } from '../../../../shared/domain/kept.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { remoteArtifacts } from '../../../../shared/domain/remote-layout.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const { facts } = planCase('installed-with-another-spec')
const digest = (at: number) => String(at).padStart(64, 'd')

function planWith(now: PlanFacts) {
  const made = makePlan(now, wardCatalog(), wish, tools)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

const planned = planWith(facts).steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>

/** The image and the weights of version number so and so. */
const imageOf = (at: number): ImageIdentity => ({
  ...planned.spec.image,
  ...{ configDigest: `sha256:${digest(at)}`, manifestDigest: `sha256:${digest(100 + at)}`, unpackedBytes: 1000 + at },
})
const weightsOf = (at: number) => digest(200 + at)

function version(at: number, deployment = 'ward-model'): KeptVersion {
  const mounts = [{ source: `${remoteArtifacts}/${artifactFileName(weightsOf(at))}`, target: '/model' }]
  const spec = { ...planned.spec, deployment, image: imageOf(at), mounts }
  const keptAt = `2026-11-${String(10 + at)}T08:00:00Z`
  return { keptAt, step: { ...planned, spec, specDigest: digest(300 + at) } }
}

const numbers = [6, 5, 4, 3, 2, 1]
const kept: Kept = {
  ...{
    there: true,
    backups: false,
    versions: numbers.slice(0, 5).map((at) => version(at)),
    images: numbers.map(imageOf),
  },
  ...{ strangers: [], folders: [], tags: [], held: [], engineSettings: absent },
}
const here: PlanFacts = {
  ...facts,
  images: known([
    ...knownValue(facts.images),
    ...numbers.map((at) => ({ id: `sha256:${digest(at)}`, architecture: 'amd64', repoDigests: [] })),
  ]),
  artifacts: known([
    ...knownValue(facts.artifacts),
    ...numbers.map((at) => ({ sha256: weightsOf(at), bytes: 10_000 + at })),
  ]),
}

/** What goes, by the number of its version. */
function going(other: Partial<Kept> = {}, now: PlanFacts = here): string[] {
  const { steps } = planWith({ ...now, kept: { ...kept, ...other } })
  return steps.flatMap(({ spec, change }) => {
    if (!change) return []
    if (spec.kind === 'spare-image')
      return [`image ${numbers.find((at) => spec.image.configDigest.endsWith(digest(at)))}`]
    return spec.kind === 'spare-artifact' ? [`weights ${numbers.find((at) => spec.sha256 === weightsOf(at))}`] : []
  })
}

describe('a replacement', () => {
  it('removes what the version that it pushes out needed, and what earlier ones left, at its end, with its bytes', () => {
    expect(going()).toEqual(['image 2', 'image 1', 'weights 2', 'weights 1'])
    const { steps, blockers } = planWith({ ...here, kept })
    expect(blockers).toEqual([])
    expect(steps.slice(-4).map(({ reason, freesBytes }) => [reason, freesBytes])).toEqual([
      ['needed-no-more', 1002],
      ['needed-no-more', 1001],
      ['needed-no-more', 10_002],
      ['needed-no-more', 10_001],
    ])
  })

  it('removes nothing that another deployment keeps, that a container runs from, or that was made of it', () => {
    expect(going({ versions: [...kept.versions, version(2, 'another')] })).toEqual(['image 1', 'weights 1'])
    const [mine] = knownValue(facts.containers)
    const aside = { ...mine, id: 'x', name: 'rackside-ward-model-previous', imageId: `sha256:${digest(1)}` } as never
    const containers = known([...knownValue(facts.containers), aside])
    expect(going({}, { ...here, containers })).toEqual(['image 2', 'weights 2', 'weights 1'])
    expect(going({ held: [weightsOf(1), digest(2)] })).toEqual(['image 1', 'weights 2'])
    expect(going({ held: ['everything'] })).toEqual([])
  })

  it('leaves what others use or have given a name, and says so', () => {
    const stranger = { imageId: `sha256:${digest(2)}`, name: 'grafana', running: false, runtime: 'runc', gpus: false }
    const tags = [{ imageId: `sha256:${digest(1)}`, name: 'mine:1' }]
    expect(going({ strangers: [stranger], tags })).toEqual(['weights 2', 'weights 1'])
    const { steps } = planWith({ ...here, kept: { ...kept, strangers: [stranger], tags } })
    expect(steps.filter(({ reason }) => reason === 'used-by-others')).toMatchObject([
      { change: false, spec: { kind: 'spare-image' } },
      { change: false, spec: { kind: 'spare-image' } },
    ])
  })

  it('removes no image that Rackside did not load, and nothing of what cannot be read', () => {
    expect(going({ images: [] })).toEqual(['weights 2', 'weights 1'])
    expect(going({}, { ...here, artifacts: unreadable('garbage') })).toEqual(['image 2', 'image 1'])
    expect(planWith(here).steps.some(({ spec }) => spec.kind.startsWith('spare-'))).toBe(false)
  })
})

it('a plan that replaces nothing takes nothing away', () => {
  const same = planCase('installed').facts
  const now = { ...here, containers: same.containers, listeningPorts: same.listeningPorts }
  expect(planWith({ ...now, kept }).steps.filter(({ change }) => change)).toEqual([])
})

describe('right before it is removed', () => {
  const image = { kind: 'spare-image', image: imageOf(1) } as const
  const file = { kind: 'spare-artifact', sha256: weightsOf(1), bytes: 1 } as const

  it('an image or a file is looked at once more', () => {
    const truths = (other: Partial<Kept>) => {
      const now = { ...here, kept: { ...kept, ...other } }
      return [spareImageStep.isTrue(image, now).reason, spareArtifactStep.isTrue(file, now).reason]
    }
    expect(truths({})).toEqual(['needed-no-more', 'needed-no-more'])
    expect(truths({ versions: [version(1)] })).toEqual(['still-needed', 'still-needed'])
    expect(truths({ held: [weightsOf(1)] })).toEqual(['needed-no-more', 'still-needed'])
    const none = { ...here, images: known([]), artifacts: known([]), kept }
    expect([spareImageStep.isTrue(image, none), spareArtifactStep.isTrue(file, none)]).toMatchObject([
      { holds: true, reason: 'gone-already' },
      { holds: true, reason: 'gone-already' },
    ])
    expect([spareImageStep.isTrue(image, here), spareArtifactStep.isTrue(file, here)]).toMatchObject([
      { holds: false, reason: 'not-read' },
      { holds: false, reason: 'not-read' },
    ])
  })

  it('it goes without force, and its note with it', () => {
    const words = actingKindOf(image)
      .commands(image, { ...here, kept }, 'run-1')
      .map((one) => one.words.join(' '))
    expect(words).toEqual([
      `docker image rm sha256:${digest(1)}`,
      `rm --force /var/lib/rackside/images/${digest(1)}.json`,
    ])
    expect(actingKindOf(file).commands(file, here, 'run-1')).toMatchObject([
      { words: ['rm', '--force', `/var/lib/rackside/artifacts/sha256-${weightsOf(1)}`] },
    ])
  })
})
