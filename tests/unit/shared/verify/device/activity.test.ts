// What devices did before, while and after a model wrote, out of samples.
import { describe, expect, it } from 'vitest'
import { absent, known, type Reading, unreadable } from '../../../../../shared/domain/reading.ts'
import type { Sample } from '../../../../../shared/domain/sample.ts'
import { devicesThere } from '../../../../../shared/plan/devices-there.ts'
import { activityOf, type Phase } from '../../../../../shared/verify/device/activity.ts'
import { healthyFacts } from '../../../../support/doctor-cases.ts'

const devices = devicesThere('ascend', healthyFacts('ascend')).slice(0, 2)

function sample(utilization: readonly Reading<number>[], silent: Sample['silent'] = []): Sample {
  const accelerators = devices.flatMap((device, at) => {
    const utilizationPercent = utilization[at]
    return utilizationPercent === undefined ? [] : [{ ...device, utilizationPercent }]
  })
  const host = { cpuPercent: absent, memoryUsedBytes: absent, memoryTotalBytes: absent }
  return { sequence: 0, atMs: 0, host, silent, accelerators }
}

const at = (phase: Phase, ...percents: number[]) => ({ phase, sample: sample(percents.map((one) => known(one))) })
const observed = { seconds: 8, outputTokens: 100, pids: known([41]), isAlone: false }
const moved = (...samples: ReturnType<typeof at>[]) => {
  const read = activityOf(devices, { ...observed, samples })
  return read.state === 'known' ? read.value.devices.map((one) => one.moved) : read
}

describe('what devices did while a model wrote', () => {
  it('moved is what rose, each by itself', () => {
    expect(devices).toHaveLength(2)
    expect(moved(at('before', 0, 1), at('during', 60, 2), at('during', 90, 3), at('after', 0, 0))).toEqual([
      true,
      false,
    ])
  })

  it('is nothing that can be told of a device that was busy before', () => {
    expect(moved(at('before', 90, 90), at('during', 92, 99))).toEqual([undefined, true])
  })

  it('is its own where it was busy before and nobody else was given it', () => {
    const samples = [at('before', 90, 90), at('during', 88, 91), at('during', 92, 80)]
    const read = activityOf(devices, { ...observed, samples, isAlone: true })
    expect(read.state === 'known' && read.value.devices.map((one) => one.moved)).toEqual([true, true])
  })

  it('is nothing that can be told without a reading before', () => {
    expect(moved(at('during', 80, 80))).toEqual([undefined, undefined])
  })

  it('is unreadable with what the tool said where no device was read', () => {
    const silent = [{ silence: 'said' as const, vendor: 'ascend', why: 'dcmi module initialize failed. ret is -8005' }]
    const samples = [{ phase: 'during' as const, sample: sample([], silent) }]
    expect(activityOf(devices, { ...observed, samples })).toEqual(unreadable(silent[0]?.why ?? ''))
    expect(activityOf(devices, { ...observed, samples: [] }).state).toBe('unreadable')
  })

  it('says what processes of the container hold on a device, and of others that they are none of its own', () => {
    const process = (pid: number) => ({ pid, name: 'python3', memoryBytes: known(1000) })
    const held = [
      { ...devices[0], detail: { processes: known([process(41), process(7)]) } },
      { ...devices[1], detail: { processes: known([process(7)]) } },
    ] as typeof devices
    const read = activityOf(held, { ...observed, samples: [at('before', 0, 0), at('during', 50, 50)] })
    expect(read.state === 'known' && read.value.devices.map((one) => one.heldBytes)).toEqual([known(1000), absent])
  })
})
