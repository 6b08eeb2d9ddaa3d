// The doctor on simulated machines: nothing to act on where all is well, and the right finding for each drill.
import { describe, expect, it } from 'vitest'
import { engineAnswers } from '../../../../../main/demo/engine/answers.ts'
import { hardwareAnswers } from '../../../../../main/demo/hardware/answers.ts'
import { type DemoPreset, type DrillName, demoPreset } from '../../../../../shared/domain/demo.ts'
import { examine } from '../../../../../shared/verify/doctor/examine.ts'
import { testMachine } from '../../../../support/demo-machine.ts'
import { demoFacts } from './read-back.ts'

function foundOn(preset: DemoPreset, drill?: DrillName) {
  const machine = testMachine(preset)
  const sinceMs = machine.nowMs()
  if (drill !== undefined) machine.change((state) => Object.assign(state.drills, { [drill]: { sinceMs } }))
  machine.advance(120_000)
  return examine(demoFacts(machine, { ...hardwareAnswers, ...engineAnswers }))
}

describe('on a simulated machine the doctor', () => {
  it.each(demoPreset.options)('finds nothing to act on where all is well: %s', (preset) => {
    const { findings, unread } = foundOn(preset)
    expect(findings.filter(({ severity }) => severity !== 'hint')).toEqual([])
    expect(unread).toEqual([])
  })

  it.each([
    ['nvidia-8', 'pull-card', ['device-lost', 'fewer-devices-than-bus', 'xid-lost']],
    ['ascend-8', 'pull-card', ['fewer-devices-than-bus']],
    ['nvidia-8', 'overheat', ['device-hot', 'thermal-throttling']],
    ['ascend-8', 'overheat', ['device-alarm', 'device-hot']],
    ['ascend-8', 'garbage-answers', ['devices-unreadable']],
    ['nvidia-8', 'garbage-answers', ['devices-unreadable']],
    ['workstation-2', 'fill-disk', ['disk-full']],
  ] as const)('finds on %s what the drill %s broke, and nothing else', (preset, drill, expected) => {
    const { findings } = foundOn(preset, drill)
    const rules = findings.filter(({ severity }) => severity !== 'hint').map(({ rule }) => rule)
    expect(rules.sort()).toEqual([...expected])
  })
})
