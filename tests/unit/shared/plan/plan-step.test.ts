// What one step sends, what it takes of the disk, and what it interrupts.
import { describe, expect, it } from 'vitest'
import type { PlanStep, StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { planStepOf, withReboots } from '../../../../shared/plan/plan-step.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planCase, planFor } from '../../../support/plan-cases.ts'

const bare = bareFacts()
const { facts: installed } = planCase('installed')
const sent = planFor(bare).steps.find(({ spec }) => spec.kind === 'artifact') as PlanStep
const { artifact } = sent.spec as StepSpecOf<'artifact'>

const packages: StepSpecOf<'host-package'> = {
  ...{ kind: 'host-package', package: 'engine', manager: 'deb', arguments: [], removeArguments: [], hold: false },
  ...{ rebootNeeded: true, lockWaitSeconds: 60 },
  parts: ['a', 'b'].map((letter) => ({
    ...{ name: letter, version: '1', fileName: `${letter}.deb`, artifactSha256: letter.repeat(64) },
  })),
}
const reboot: PlanStep = {
  ...{ id: 'reboot.engine', change: false, reason: 'no-reboot-pending', uploadBytes: 0, diskBytes: 0 },
  ...{ interrupts: false, spec: { kind: 'reboot', package: 'engine' } },
}
const installing: PlanStep = { ...reboot, id: 'host-package.engine', change: true, reason: 'not-there', spec: packages }

describe('a step that sends a file', () => {
  const withStaged = (staged: typeof bare.staged) =>
    planStepOf('artifact.one', { kind: 'artifact', artifact }, { ...bare, staged })
  const file = (sha256: string, bytes: number) => known([{ sha256, bytes }])

  it('sends what is not there yet, and never less than nothing', () => {
    const whole = artifact.bytes
    expect(withStaged(known([]))).toMatchObject({ uploadBytes: whole, diskBytes: whole })
    expect(withStaged(file(artifact.sha256, 1000))).toMatchObject({
      uploadBytes: whole - 1000,
      diskBytes: whole - 1000,
    })
    expect(withStaged(file('f'.repeat(64), 1000)).uploadBytes).toBe(whole)
    expect(withStaged(file(artifact.sha256, whole + 1)).uploadBytes).toBe(0)
    expect(withStaged(unreadable('no rights')).uploadBytes).toBe(whole)
  })
})

describe('a step that installs packages', () => {
  it('takes five times the size of its files, as far as they are known', () => {
    const file = (sha256: string, bytes: number) => ({ ...artifact, sha256, bytes })
    const disk = (...artifacts: (typeof artifact)[]) => planStepOf('p', packages, bare, { artifacts }).diskBytes
    expect(disk(file('a'.repeat(64), 100), file('c'.repeat(64), 7), file('b'.repeat(64), 20))).toBe(600)
    expect(disk(file('b'.repeat(64), 20))).toBe(100)
    expect(planStepOf('p', packages, bare)).toMatchObject({ diskBytes: 0, uploadBytes: 0 })
  })
})

describe('the reboot after packages', () => {
  it('is wanted where they are still to be installed, and stays as it is else', () => {
    const other: PlanStep = { ...installing, id: 'host-package.other' }
    expect(withReboots([installing, reboot])[1]).toMatchObject({ change: true, reason: 'reboot-pending' })
    expect(withReboots([other, installing, reboot])[2]).toMatchObject({ change: true })
    expect(withReboots([other, reboot])[1]).toBe(reboot)
    expect(withReboots([{ ...installing, change: false }, reboot])[1]).toBe(reboot)
    expect(withReboots([installing])[0]).toBe(installing)
    const pending: PlanStep = { ...reboot, change: true, reason: 'reboot-pending' }
    expect(withReboots([installing, pending])[1]).toBe(pending)
  })
})

describe('what a step interrupts', () => {
  it('is what it takes away, as long as it is there', () => {
    const spec = { kind: 'absent-container', name: 'rackside-ward-model', deployment: 'w', deletesData: false } as const
    expect(planStepOf('away', spec, installed)).toMatchObject({ change: true, interrupts: true })
    expect(planStepOf('away', { ...spec, name: 'gone' }, installed)).toMatchObject({ change: false, interrupts: false })
    const network = { kind: 'absent-network', name: knownValue(installed.networks)[0] ?? '' } as const
    const gone = planStepOf('away', network, installed)
    expect([gone.change, gone.interrupts, 'stops' in gone]).toEqual([true, false, false])
  })
})
