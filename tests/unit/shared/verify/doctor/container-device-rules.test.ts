// What containers were given against what is found inside them, in the ways that the rules' own cases do not show.
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../../shared/domain/facts.ts'
import { known, type Reading, unreadable } from '../../../../../shared/domain/reading.ts'
import type { DeviceContainer } from '../../../../../shared/domain/stack.ts'
import { examine } from '../../../../../shared/verify/doctor/examine.ts'
import { healthyFacts } from '../../../../support/doctor-cases.ts'

type Given = DeviceContainer['given'][number]

const gpus = ['GPU-5d1e', 'GPU-77c0']
const nvml = 'Failed to initialize NVML: Unknown Error (exit 255)'

function withContainer(given: readonly Given[], sees: Reading<string[]>, facts = healthyFacts('nvidia')): Facts {
  const container: DeviceContainer = { name: 'x', deployment: { state: 'absent' }, given: [...given], sees }
  return { ...facts, stack: { ...facts.stack, containerDevices: known([container]) } as Facts['stack'] }
}

function found(facts: Facts): [string, readonly string[]][] {
  return examine(facts).findings.flatMap(({ rule, evidence }) =>
    rule.startsWith('container-') ? [[rule, evidence] as [string, readonly string[]]] : [],
  )
}

const nvidia = (rest: { by: 'all' } | { by: 'count'; count: number } | { by: 'name'; name: string }): Given => ({
  ...rest,
  vendor: 'nvidia',
})

describe('a container of NVIDIA', () => {
  it.each([
    ['all of the server', [nvidia({ by: 'all' })]],
    ['a number', [nvidia({ by: 'count', count: 2 })]],
    ['two by their places', [nvidia({ by: 'name', name: '0' }), nvidia({ by: 'name', name: '3' })]],
  ])('that was given %s and sees two has what it needs, and with one it has fewer', (_way, given) => {
    expect(found(withContainer(given, known(gpus)))).toEqual([])
    expect(found(withContainer(given, known(['GPU-5d1e'])))).toEqual([
      ['container-fewer-devices', ['x: 1 / 2 nvidia GPU']],
    ])
    expect(found(withContainer(given, known([])))).toEqual([
      ['container-lost-devices', ['x: 0 / 2 nvidia GPU', 'cgroup driver systemd']],
    ])
  })

  it('is missed what it was given by id, and a part by its own', () => {
    const given = [nvidia({ by: 'name', name: 'GPU-77c0' }), nvidia({ by: 'name', name: 'MIG-12ab' })]
    expect(found(withContainer(given, known(['GPU-77c0', 'MIG-12ab'])))).toEqual([])
    expect(found(withContainer(given, known(['GPU-77c0'])))).toEqual([['container-fewer-devices', ['x: MIG-12ab: -']]])
  })

  it('with two parts of one GPU needs only this one', () => {
    const given = [nvidia({ by: 'name', name: '1:0' }), nvidia({ by: 'name', name: '1:2' })]
    expect(found(withContainer(given, known(['GPU-77c0', 'MIG-1', 'MIG-2'])))).toEqual([])
  })

  it('that cannot reach the driver is no finding of its own where the server cannot either', () => {
    const facts = healthyFacts('nvidia')
    const silent = {
      ...facts,
      accelerators: facts.accelerators.map((one) => ({ ...one, devices: unreadable('NVML') })),
    }
    const given = [nvidia({ by: 'all' })]
    expect(found(withContainer(given, unreadable(nvml), silent))).toEqual([])
    expect(found(withContainer(given, unreadable(nvml)))).toHaveLength(1)
  })
})

describe('a container of another vendor', () => {
  it('is missed nothing that was asked for by a name whose node nobody knows', () => {
    const given: Given[] = [
      { by: 'name', vendor: 'ascend', name: '101' },
      { by: 'name', name: 'amd.com/gpu=0' },
    ]
    expect(found(withContainer(given, known([])))).toEqual([])
  })

  it('that has no node at all has lost them', () => {
    expect(found(withContainer([{ by: 'all', vendor: 'mthreads' }], known([])))[0]).toEqual([
      'container-lost-devices',
      ['x: mthreads all: -', 'cgroup driver systemd'],
    ])
  })
})

describe('a container that could not be looked into', () => {
  it('is named among what was not examined, and is no finding', () => {
    const facts = withContainer([nvidia({ by: 'all' })], unreadable('nvidia-smi did not answer in time in it'))
    expect(found(facts)).toEqual([])
    expect(examine(facts).unread).toEqual([
      { fact: 'containerDevices', why: 'x: nvidia-smi did not answer in time in it' },
    ])
    expect(examine(withContainer([nvidia({ by: 'all' })], unreadable(nvml))).unread).toEqual([])
  })
})
