// The accelerators in one glance: equal ones together, what cannot be read said as such, from recorded facts.
import { describe, expect, it } from 'vitest'
import { acceleratorGroups, groupText, unreadGroups } from '../../../../renderer/console/accelerator-groups.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { planCase } from '../../../support/plan-cases.ts'

const glance = (name: string) => acceleratorGroups(planCase(name).facts.accelerators).map(groupText)

describe('the accelerators in one glance', () => {
  it('count equal ones together and name the vendor once', () => {
    expect(glance('eight-h20')).toEqual([expect.stringMatching(/^8 × NVIDIA H20 \d+(\.\d+)? GiB$/)])
    expect(glance('eight-910b4')).toEqual([expect.stringMatching(/^8 × Ascend 910B4 \d+(\.\d+)? GiB$/)])
    expect(glance('bare-cpu-server')).toEqual([])
  })

  it('leave out what is not known, and never show a zero for it', () => {
    const [report] = planCase('eight-h20').facts.accelerators.filter((r) => r.devices.state === 'known')
    if (report?.devices.state !== 'known') throw new Error('the fixture lost its devices')
    const devices = report.devices.value.map((device) => ({ ...device, memoryTotalBytes: unreadable('garbled') }))
    expect(acceleratorGroups([{ ...report, devices: known(devices) }]).map(groupText)).toEqual(['8 × NVIDIA H20'])
  })

  it('say which are on the bus and cannot be read', () => {
    const unread = unreadGroups(planCase('accelerators-unreadable').facts.accelerators)
    expect(unread).toEqual([{ vendor: expect.any(String), count: expect.any(Number), why: expect.stringMatching(/./) }])
    expect(unreadGroups(planCase('bare-cpu-server').facts.accelerators)).toEqual([])
  })
})
