// What a publisher has taken back is not installed, whichever part of a solution it is; what runs goes on (P44).
import { describe, expect, it } from 'vitest'
import type { BlockedVersion } from '../../../../shared/domain/blocked-version.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { bareFacts, planCase, planFor, wardCatalog } from '../../../support/plan-cases.ts'
import { catalogWithTasks, jobAfter, probeOfApp } from '../../../support/ward-with-tasks.ts'
import { volumesThere } from '../../../support/ward-with-volumes.ts'

const reason = { en: 'It loses notes.', 'zh-CN': '会丢失记录。' }
const planWith = (
  one: Pick<BlockedVersion, 'entry'> & Partial<BlockedVersion>,
  facts = bareFacts(),
  catalog = wardCatalog(),
) => {
  const blocked: BlockedVersion = { reason, since: '2026-11-01', ...one }
  return planFor(facts, catalog, { blocked: [{ publisher: 'A publisher', blocked }] })
}
const digest = () => {
  const found = wardCatalog().artifacts.find((one) => one.kind === 'image' && one.id.includes('note-helper'))
  if (found?.kind !== 'image') throw new Error('no image')
  return found.image.configDigest
}

describe('a version that was taken back', () => {
  it.each([
    ['note-helper', '3'],
    ['llama-cpp', '7'],
    ['qwen3-8b', '1'],
    ['ward', '2'],
  ])('of %s stands in the way, with the reason', (entry, version) => {
    const failure = { kind: 'version-blocked', entry, version, publisher: 'A publisher', since: '2026-11-01', reason }
    expect(planWith({ entry, versions: ['0', version] }).blockers).toContainEqual(failure)
    expect(planWith({ entry, range: { atLeast: version } }).blockers).toContainEqual(failure)
  })

  it('is known by its image too', () => {
    const images = planFor(bareFacts()).steps.flatMap(({ spec }) =>
      spec.kind === 'container' && spec.spec.entry === 'note-helper' ? [spec.spec.image.manifestDigest] : [],
    )
    expect(planWith({ entry: 'note-helper', images }).blockers).toMatchObject([{ kind: 'version-blocked' }])
  })

  it.each(['starter', 'smoke'])('of the task %s stands in the way where it would run', (entry) => {
    const facts: PlanFacts = { ...bareFacts(), host: volumesThere() }
    const plan = planWith({ entry, versions: ['1'] }, facts, catalogWithTasks([jobAfter, probeOfApp]))
    expect(plan.blockers).toMatchObject([{ kind: 'version-blocked', entry, version: '1' }])
    expect(planWith({ entry, versions: ['2'] }, facts, catalogWithTasks([jobAfter, probeOfApp])).blockers).toEqual([])
  })

  it.each([
    [{ entry: 'note-helper', versions: ['2'] }],
    [{ entry: 'note-helper', range: { below: '3' } }],
    [{ entry: 'another', versions: ['3'] }],
    [{ entry: 'qwen3-8b', images: [digest()] }],
  ])('is no other one: %o', (one) => {
    expect(planWith(one).blockers).toEqual([])
  })

  it('stops nothing that runs as it should', () => {
    expect(planWith({ entry: 'note-helper', versions: ['3'] }, planCase('installed').facts).blockers).toEqual([])
  })
})
