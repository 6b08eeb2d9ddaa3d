// What an appliance keeps, as its script prints it: a damaged version is one less, a damaged image stops everything.
import { describe, expect, it } from 'vitest'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { readKept } from '../../../../shared/facts/kept.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'

const plan = planFor(planCase('installed').facts)
const step = plan.steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>
const plain = { runtime: 'runc', gpus: false }
const version = (keptAt: string) => `version ${JSON.stringify({ keptAt, step })}`
const image = `image ${JSON.stringify(step.spec.image)}`
const read = (...lines: string[]) => readKept(`${lines.join('\n')}\n`)

describe('what an appliance keeps', () => {
  it('is read with the newest version first, images, strangers and settings', () => {
    const found = read(
      ...['there', 'backups', image, version('2026-11-01T08:00:00Z'), version('2026-11-20T08:00:00Z')],
      ...['uses sha256:ab true runc - /grafana', 'tagged sha256:ab mine:1', `settings ${'c'.repeat(64)}`, 'end'],
    )
    expect(found).toMatchObject({
      state: 'known',
      value: {
        ...{
          there: true,
          backups: true,
          images: [step.spec.image],
          strangers: [{ imageId: 'sha256:ab', name: 'grafana', running: true, ...plain }],
          tags: [{ imageId: 'sha256:ab', name: 'mine:1' }],
        },
        versions: [{ keptAt: '2026-11-20T08:00:00Z', step }, { keptAt: '2026-11-01T08:00:00Z' }],
        engineSettings: { state: 'known', value: 'c'.repeat(64) },
      },
    })
    expect(read('settings none', 'end')).toMatchObject({
      value: { there: false, backups: false, engineSettings: { state: 'absent' } },
    })
  })

  it('loses nothing else by a version or a baseline that a power cut left empty', () => {
    const found = read('version ', version('2026-11-20T08:00:00Z'), 'version {"keptAt"', 'baseline ', image, 'end')
    expect(found).toMatchObject({ state: 'known', value: { versions: [{ step }], images: [step.spec.image] } })
    expect(found.state === 'known' && found.value.baseline).toBeUndefined()
  })

  it('is unreadable when it broke off, or when an image or a line cannot be told', () => {
    for (const lines of [[], ['there'], ['image {}', 'end'], ['rm -rf /', 'end']]) {
      expect(read(...lines).state).toBe('unreadable')
    }
  })
})
