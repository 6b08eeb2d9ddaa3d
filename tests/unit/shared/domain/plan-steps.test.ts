// What is asked of a step of a plan by everybody who shows, estimates or carries it out.
import { describe, expect, it } from 'vitest'
import { estimateOf } from '../../../../shared/domain/estimate.ts'
import {
  backupFolderOf,
  changesNothing,
  dataFolderOf,
  isBeside,
  isSetUp,
  keptDataOf,
  type Plan,
  type PlanStep,
  planCounts,
  soakOf,
} from '../../../../shared/domain/plan.ts'

type Change = { spec?: object } & Partial<Omit<PlanStep, 'spec'>>
const container = { kind: 'container', soakSeconds: 60, spec: { deployment: 'chat' } }
const step = ({ spec = container, ...rest }: Change = {}): PlanStep =>
  ({
    ...{ id: 'x', change: true, reason: 'container-differs', uploadBytes: 0, diskBytes: 0, interrupts: false },
    ...rest,
    spec,
  }) as unknown as PlanStep

it.each([
  [step(), false],
  [step({ spec: { ...container, beside: 'chat-next' } }), true],
  [step({ spec: { kind: 'image', beside: 'chat-next' } }), false],
])('a step is proven beside what it replaces: case %#', (one, beside) => {
  expect(isBeside(one)).toBe(beside)
})

it.each<[Change, number]>([
  [{}, 60],
  [{ reason: 'container-unproven' }, 60],
  [{ reason: 'not-there' }, 0],
  [{ change: false }, 0],
  [{ spec: { kind: 'image', soakSeconds: 60 } }, 0],
])('a step watches what it put in place of another: %j for %i s', (change, seconds) => {
  expect(soakOf(step(change))).toBe(seconds)
})

it.each<[Change, string | undefined]>([
  [{ backsUp: ['v'] }, '/var/lib/rackside/backups/chat'],
  [{}, undefined],
  [{ backsUp: ['v'], change: false }, undefined],
  [{ backsUp: ['v'], spec: { ...container, kind: 'image' } }, undefined],
])('a step saves data: %j in %s', (change, folder) => {
  expect(backupFolderOf(step(change))).toBe(folder)
})

it('an uninstall keeps the data that it names, and no other step does', () => {
  expect(keptDataOf(step({ spec: { kind: 'absent-rackside', keeps: ['v'] } }))).toEqual(['v'])
  expect(keptDataOf(step({ spec: { kind: 'absent-rackside' } }))).toEqual([])
  expect(keptDataOf(step({ spec: { ...container, keeps: ['v'] } }))).toEqual([])
})

it('a plan that goes back has a folder of data, where one of its steps saves some', () => {
  const steps = [step(), step({ backsUp: ['v'] })]
  expect(dataFolderOf({ purpose: { act: 'roll-back' } as Plan['purpose'], steps })).toBe(
    '/var/lib/rackside/backups/chat',
  )
  expect(dataFolderOf({ purpose: { act: 'roll-back' } as Plan['purpose'], steps: [step()] })).toBeUndefined()
  expect(dataFolderOf({ purpose: { act: 'set-up' } as Plan['purpose'], steps })).toBeUndefined()
})

it('a plan is counted by its changes', () => {
  const steps = [step({ uploadBytes: 5 }), step({ change: false, uploadBytes: 7 }), step({ uploadBytes: 2 })]
  expect(planCounts(steps)).toEqual({ changed: 2, unchanged: 1, uploadBytes: 7 })
  expect(changesNothing({ steps } as unknown as Plan)).toBe(false)
  expect(changesNothing({ steps: [step({ change: false })] } as unknown as Plan)).toBe(true)
  expect(changesNothing({ steps: [] } as unknown as Plan)).toBe(true)
  const acts = ['set-up', 'roll-back', 'uninstall'].map((act) => isSetUp({ purpose: { act } } as unknown as Plan))
  expect(acts).toEqual([true, false, false])
})

describe('the time that a step takes', () => {
  it.each<[string, Change, { seconds: number; downtimeSeconds: number }]>([
    ['a reboot, which is its own time', { spec: { kind: 'reboot' } }, { seconds: 300, downtimeSeconds: 300 }],
    [
      'an image by what is unpacked',
      { spec: { kind: 'image' }, diskBytes: 1e9, uploadBytes: 9e9 },
      { seconds: 12, downtimeSeconds: 0 },
    ],
    [
      'a package by what is installed',
      { spec: { kind: 'host-package' }, diskBytes: 1e9 },
      { seconds: 60, downtimeSeconds: 0 },
    ],
    [
      'a file by what is sent',
      { spec: { kind: 'file' }, diskBytes: 9e9, uploadBytes: 75e6 },
      { seconds: 2, downtimeSeconds: 0 },
    ],
    [
      'an engine that stops containers',
      { interrupts: true, stops: ['a'], reason: 'not-there' },
      { seconds: 22, downtimeSeconds: 20 },
    ],
    [
      'an engine without containers',
      { interrupts: true, spec: { kind: 'host-package' } },
      { seconds: 30, downtimeSeconds: 20 },
    ],
    [
      'what is taken away',
      { interrupts: true, spec: { kind: 'absent-container' } },
      { seconds: 5, downtimeSeconds: 0 },
    ],
    [
      'a service that stops while others do',
      { interrupts: true, stops: ['a'], spec: { kind: 'absent-container' } },
      { seconds: 25, downtimeSeconds: 20 },
    ],
    ['a service that is replaced', { interrupts: true }, { seconds: 92, downtimeSeconds: 30 }],
    [
      'one that was proven beside it',
      { interrupts: true, spec: { ...container, beside: 'b' } },
      { seconds: 92, downtimeSeconds: 10 },
    ],
  ])('%s', (_what, change, estimate) => {
    expect(estimateOf(step(change))).toEqual(estimate)
  })
})
