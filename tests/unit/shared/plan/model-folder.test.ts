// Weights that are a folder, from the choice to the end: each file is sent once, then they are put together, a container
// gets the folder, and what nobody keeps any more goes with it.
import { describe, expect, it } from 'vitest'
import { changedSettings, runCommand } from '../../../../shared/apply/container-run.ts'
import type { Artifact } from '../../../../shared/domain/artifact.ts'
import type { ModelEntry } from '../../../../shared/domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../../../../shared/domain/entry/runtime-entry.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import type { Kept, KeptVersion } from '../../../../shared/domain/kept.ts'
import type { PlanStep, StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { modelFolderPath } from '../../../../shared/domain/weights-folder.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import { driftOf } from '../../../../shared/plan/drift.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { makeRollBack } from '../../../../shared/plan/roll-back.ts'
import { failureText } from '../../../../shared/words/language.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { knownValue } from '../../../support/known-value.ts'
import { type MadeWeights, madeWeights } from '../../../support/made-weights.ts'
import { bareFacts, planCase, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const weights = madeWeights('ward-weights', { 'config.json': '{}', 'a.safetensors': 'wwwww', 'deep/same.json': '{}' })
const newer = madeWeights('ward-weights', { 'config.json': '{}', 'a.safetensors': 'other' })
const shmBytes = 8 * 1024 ** 3

/** The ward's catalog, with its model in safetensors: what there is of it in the bundle, and how it is named. */
function catalogWith(artifacts: readonly Artifact[], form: object = {}, runtime: object = {}): Catalog {
  const ward = wardCatalog()
  const entries = ward.entries.map((entry) => {
    if (entry.kind === 'runtime')
      return { ...entry, weightsFormats: ['gguf', 'safetensors'], ...runtime } as RuntimeEntry
    if (entry.kind !== 'model') return entry
    const one = { ...entry.variants[0], id: 'bf16', weights: 'ward-weights', format: 'safetensors', ...form }
    return { ...entry, variants: [one] } as ModelEntry
  })
  return { entries, artifacts: [...ward.artifacts, ...artifacts] }
}

const catalogOf = ({ files, list }: MadeWeights) => catalogWith([...files, list])

function planWith(facts: PlanFacts, catalog: Catalog) {
  const made = makePlan(facts, catalog, wish, tools)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

const ids = (steps: readonly PlanStep[]) => steps.map(({ id }) => id)
const containerIn = (steps: readonly PlanStep[]) =>
  steps.find(({ id }) => id === 'container.ward-model')?.spec as StepSpecOf<'container'>

const plan = planWith(bareFacts(), catalogOf(weights))
const container = containerIn(plan.steps)

describe('a form in safetensors', () => {
  it('is chosen where the bundle brings its folder, and takes what its files weigh', () => {
    expect(plan.blockers).toEqual([])
    expect(plan.choices.find(({ service }) => service === 'ward-model')).toMatchObject({
      model: { variant: 'bf16' },
    })
    expect(plan.fits[0]?.weightsBytes).toBe(9)
  })

  it('is not chosen where the folder is not there, or where what has its name is something else', () => {
    const against = (catalog: Catalog) => JSON.stringify(planWith(bareFacts(), catalog).blockers)
    const missing = '"reason":"artifact-not-in-bundle","artifact":"ward-weights"'
    expect(against(catalogWith([]))).toContain(missing)
    expect(against(catalogWith(weights.files))).toContain(missing)
    const file = { ...weights.files[0], id: 'ward-weights' } as Artifact
    expect(against(catalogWith([file]))).toContain(missing)
    expect(against(catalogWith([], { weights: 'qwen3-8b-q4' }))).toContain(
      '"reason":"format-differs","needs":"safetensors","has":"gguf"',
    )
    const gguf = catalogWith([...weights.files, weights.list], { format: 'gguf' })
    expect(against(gguf)).toContain('"reason":"format-differs","needs":"gguf","has":"safetensors"')
  })

  it('is not served by a runtime into whose store it would have to be imported, and the plan says so', () => {
    const { entries, artifacts } = catalogWith([...weights.files, weights.list])
    const imported = entries.map((one) => (one.kind === 'runtime' ? { ...one, weights: 'imported' as const } : one))
    const [blocker] = planWith(bareFacts(), { entries: imported, artifacts }).blockers
    expect(JSON.stringify(blocker)).toContain('"reason":"weights-imported"')
    for (const [language, said] of [
      ['en', 'serves only models that were imported into its own store, which a setup cannot do yet'],
      ['zh-CN', '只提供已导入其自身存储的模型，部署流程目前不支持导入'],
    ] as const) {
      expect(blocker && JSON.stringify(failureText(blocker, wordsOf(language)))).toContain(said)
    }
  })
})

describe('the plan', () => {
  it('sends each file once, then the list of them, and puts them together before the container starts', () => {
    const sent = ids(plan.steps).filter((id) => id.includes('ward-weights'))
    const files = ['artifact.ward-weights.1', 'artifact.ward-weights.2']
    expect(sent).toEqual([...files, 'artifact.ward-weights', 'model-folder.ward-weights'])
    const at = (id: string) => ids(plan.steps).indexOf(id)
    expect(at('model-folder.ward-weights')).toBeGreaterThan(at('artifact.note-helper-amd64'))
    expect(at('model-folder.ward-weights')).toBeLessThan(at('container.ward-model'))
    const bytes = plan.steps.filter(({ id }) => sent.includes(id)).map(({ diskBytes }) => diskBytes)
    // The folder itself holds no bytes of its own.
    expect(bytes).toEqual([2, 5, weights.text.length, 0])
  })

  it('mounts the folder, for reading, under the name that the model is served by', () => {
    expect(container.spec.mounts).toEqual([
      { source: modelFolderPath(weights.list.sha256), target: '/models/qwen3-8b' },
    ])
    expect(container.spec.arguments).toContain('/models/qwen3-8b')
  })

  it('is another one where a file is another one', () => {
    const other = containerIn(planWith(bareFacts(), catalogOf(newer)).steps)
    expect(other.spec.mounts[0]?.source).toBe(modelFolderPath(newer.list.sha256))
    expect(other.specDigest).not.toBe(container.specDigest)
  })

  it('changes nothing where the folder is whole, and only that where it is not', () => {
    const there = knownValue(bareFacts().artifacts)
    const artifacts = known([
      ...there,
      ...[...weights.files, weights.list].map(({ sha256, bytes }) => ({ sha256, bytes })),
    ])
    const folder = (isWhole: boolean) => known([{ sha256: weights.list.sha256, isWhole, differs: '' }])
    const changes = (isWhole: boolean) => {
      const { steps } = planWith({ ...bareFacts(), artifacts, modelFolders: folder(isWhole) }, catalogOf(weights))
      return ids(steps.filter(({ id, change }) => change && id.includes('ward-weights')))
    }
    expect(changes(true)).toEqual([])
    expect(changes(false)).toEqual(['model-folder.ward-weights'])
  })

  it('is not carried out where nobody could look at the folders', () => {
    const { blockers } = planWith({ ...bareFacts(), modelFolders: unreadable('no permission') }, catalogOf(weights))
    expect(blockers).toMatchObject([{ kind: 'fact-missing', fact: 'model-folder.ward-weights', why: 'no permission' }])
  })
})

describe('shared memory', () => {
  const variants = (runtime: RuntimeEntry) => runtime.variants.map((one) => ({ ...one, sharedMemoryBytes: shmBytes }))
  const ward = wardCatalog().entries.find((one): one is RuntimeEntry => one.kind === 'runtime') as RuntimeEntry
  const catalog = catalogWith([...weights.files, weights.list], {}, { variants: variants(ward) })
  const step = containerIn(planWith(bareFacts(), catalog).steps)
  const words = (one: StepSpecOf<'container'>) =>
    runCommand(one, 'sha256:00', { runId: 'run', facts: bareFacts(), restartPolicy: 'no' }).words

  it('is what the variant says, and nothing where it says nothing', () => {
    expect(step.spec.shmBytes).toBe(shmBytes)
    expect(words(step).join(' ')).toContain(` --shm-size ${shmBytes} `)
    expect(words(container)).not.toContain('--shm-size')
    expect(container.spec).not.toHaveProperty('shmBytes')
  })

  it('has drifted where the engine says another size, and not where it says none', () => {
    const settings = { restartPolicy: 'always', memoryLimitBytes: 0, cpuLimitNano: 0, cpuSet: '' }
    const changed = (one: StepSpecOf<'container'>, said: object) => {
      const found = { settings: { ...settings, command: [...one.spec.arguments], ...said } } as unknown as Container
      return changedSettings(found, one)
    }
    expect(changed(step, { shmBytes })).toEqual([])
    expect(changed(step, {})).toEqual([])
    expect(changed(step, { shmBytes: 64 * 1024 ** 2 })).toEqual(['shmBytes'])
    expect(changed(container, { shmBytes: 64 * 1024 ** 2 })).toEqual([])
  })
})

const version = (one: MadeWeights, at: number): KeptVersion => {
  const mounts = [{ source: modelFolderPath(one.list.sha256), target: '/models/qwen3-8b' }]
  const step = { ...container, specDigest: String(at).repeat(64), spec: { ...container.spec, mounts } }
  return { keptAt: `2026-11-0${at}T08:00:00Z`, step }
}
const keptFolder = ({ list, files }: MadeWeights, there = true) => ({
  ...{ sha256: list.sha256, there, files: files.map((one) => one.sha256) },
})
const nothing = { images: [], strangers: [], tags: [], held: [], engineSettings: absent }
const keptWith = (versions: KeptVersion[], folders: Kept['folders']): Kept => ({
  ...{ there: true, backups: false, versions, folders, ...nothing },
})

describe('what no kept version needs', () => {
  const running = planCase('installed-with-another-spec').facts
  const stored = [...weights.contents, ...newer.contents].map(([sha256, text]) => ({ sha256, bytes: text.length }))
  const artifacts = known([...new Map(stored.map((one) => [one.sha256, one])).values()])
  const going = (kept: Kept) => {
    const { steps } = planWith({ ...running, artifacts, kept }, catalogOf(newer))
    return steps
      .filter(({ spec, change }) => change && spec.kind.startsWith('spare-'))
      .map(({ spec, freesBytes = 0 }) => [spec.kind, 'sha256' in spec ? spec.sha256 : '', freesBytes])
  }
  const old = weights.files[1]?.sha256 ?? ''

  it('goes: the folder first, then the files that only it had, with their bytes', () => {
    const [folder, ...files] = going(keptWith([], [keptFolder(weights), keptFolder(newer)]))
    expect(folder).toEqual(['spare-model-folder', weights.list.sha256, 0])
    expect(files).toHaveLength(2)
    expect(files).toContainEqual(['spare-artifact', old, 5])
    expect(files).toContainEqual(['spare-artifact', weights.list.sha256, weights.text.length])
  })

  it('stays where a version has the folder, or somebody else mounts it or what is in it', () => {
    expect(going(keptWith([version(weights, 1)], [keptFolder(weights), keptFolder(newer)]))).toEqual([])
    const held = { ...keptWith([], [keptFolder(weights)]), held: [weights.list.sha256] }
    expect(going(held)).toEqual([])
    expect(going({ ...keptWith([], [keptFolder(weights)]), held: ['everything'] })).toEqual([])
  })

  it('are not the files of a version whose folder somebody took away', () => {
    expect(going(keptWith([version(weights, 1)], [keptFolder(weights, false)]))).toEqual([])
  })

  it('are the files of a folder that is not there and that no version has', () => {
    expect(going(keptWith([], [keptFolder(weights, false)])).map(([kind]) => kind)).toEqual([
      'spare-artifact',
      'spare-artifact',
    ])
  })
})

describe('drift', () => {
  const source = modelFolderPath(weights.list.sha256)
  const record = { deployment: 'ward-model', entry: 'llama-cpp', version: '1', proof: container.proof }
  const here = { ...planCase('installed').facts, deployments: known([record]) }
  const drifted = (modelFolders: NonNullable<typeof here.modelFolders>) =>
    driftOf({ ...here, modelFolders }, keptWith([version(weights, 1)], [])).filter(
      ({ what }) => what === 'weights-differ',
    )
  const folder = { sha256: weights.list.sha256, isWhole: true, differs: '' }

  it('is a folder that is gone, or a file in it that is not the one that was sent', () => {
    expect(drifted(known([folder]))).toEqual([])
    const told = { deployment: 'ward-model', what: 'weights-differ', was: source }
    expect(drifted(known([]))).toEqual([{ ...told, now: '' }])
    expect(drifted(known([{ ...folder, isWhole: false, differs: 'deep/same.json' }]))).toEqual([
      { ...told, now: 'deep/same.json' },
    ])
  })

  it('is none of what nobody could read', () => {
    expect(drifted(unreadable('no permission'))).toEqual([])
    expect(driftOf(here, keptWith([version(weights, 1)], [])).map(({ what }) => what)).not.toContain('weights-differ')
  })
})

it('a version whose folder is not whole cannot be gone back to', () => {
  const there = planCase('installed').facts
  const back = (isWhole: boolean) => {
    const modelFolders = known([{ sha256: weights.list.sha256, isWhole, differs: '' }])
    const { address } = wish
    return makeRollBack({ ...there, modelFolders }, version(weights, 1), { address, soakSeconds: 1 }, tools).blockers
  }
  const part = modelFolderPath(weights.list.sha256)
  const told = (one: object) => expect.arrayContaining([expect.objectContaining(one)])
  expect(back(false)).toEqual(told({ kind: 'version-incomplete', part }))
  expect(back(true)).not.toEqual(told({ kind: 'version-incomplete', part }))
})
