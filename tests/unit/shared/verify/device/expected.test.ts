// Where a deployment was planned to be computed: by what its container was given, by its plan, by its command.
import { describe, expect, it } from 'vitest'
import type { Container, Facts } from '../../../../../shared/domain/facts.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import type { DeviceRequest } from '../../../../../shared/domain/stack.ts'
import { devicesThere } from '../../../../../shared/plan/devices-there.ts'
import { expectedOf } from '../../../../../shared/verify/device/expected.ts'
import { healthyFacts } from '../../../../support/doctor-cases.ts'

const name = 'rackside-ward-model'

function factsWith(given: readonly DeviceRequest[], of: 'nvidia' | 'ascend' = 'nvidia'): Facts {
  const facts = healthyFacts(of)
  const looked =
    given.length === 0 ? [] : [{ name, deployment: known('ward-model'), given: [...given], sees: known([]) }]
  return { ...facts, stack: { ...facts.stack, containerDevices: known(looked) } as Facts['stack'] }
}

function container(...command: string[]): Container {
  const settings = { restartPolicy: 'always', memoryLimitBytes: 0, cpuLimitNano: 0, cpuSet: '', command }
  const about = { id: '1', imageId: '2', startedAt: '', restartCount: 0, labels: {}, settings }
  return { ...about, name, state: 'running', health: 'healthy' }
}

describe('where a deployment was planned to be computed', () => {
  it('is all devices of the maker where its container was given all', () => {
    const facts = factsWith([{ by: 'all', vendor: 'nvidia' }])
    const { expected, devices } = expectedOf(facts, container(), absent)
    expect(devices).toEqual([...devicesThere('nvidia', facts)])
    expect(expected).toMatchObject({ on: 'accelerators', from: 'given', vendor: 'nvidia', count: devices.length })
  })

  it('is not the processor where its plan cannot be read', () => {
    const { expected } = expectedOf(factsWith([]), container('-m', 'x.gguf'), unreadable('not kept'))
    expect(expected).toEqual({ on: 'unreadable', why: 'not kept' })
  })

  it('is the one that was named', () => {
    const facts = factsWith([{ by: 'name', vendor: 'nvidia', name: '1' }])
    const { expected, devices } = expectedOf(facts, container(), absent)
    expect(expected).toMatchObject({ on: 'accelerators', count: 1, product: { state: 'known' } })
    expect(devices.map(({ index }) => index)).toEqual([1])
  })

  it('is the devices whose nodes it was given', () => {
    const facts = factsWith(
      [0, 1].map((at) => ({ by: 'node', node: `/dev/davinci${at}` })),
      'ascend',
    )
    const nodes = facts.accelerators.map((one) =>
      one.vendor === 'ascend' ? { ...one, nodes: ['/dev/davinci0', '/dev/davinci1'] } : one,
    )
    const { expected } = expectedOf({ ...facts, accelerators: nodes }, container(), absent)
    expect(expected).toMatchObject({ on: 'accelerators', from: 'given', vendor: 'ascend', kind: 'npu', count: 2 })
  })

  it('cannot be told of nodes that are nobody’s', () => {
    const facts = factsWith([{ by: 'node', node: '/dev/stranger0' }])
    expect(expectedOf(facts, container(), absent).expected).toMatchObject({ on: 'unreadable' })
  })

  it('cannot be told where containers were not looked into', () => {
    const facts = factsWith([])
    const stack = { ...facts.stack, containerDevices: unreadable('docker hangs') } as Facts['stack']
    expect(expectedOf({ ...facts, stack }, container(), known('nvidia')).expected).toEqual({
      on: 'unreadable',
      why: 'docker hangs',
    })
  })

  it('is accelerators by its plan, though its container was given none', () => {
    const { expected } = expectedOf(factsWith([]), container(), known('nvidia'))
    expect(expected).toMatchObject({ on: 'accelerators', from: 'plan', vendor: 'nvidia' })
  })

  it.each([
    [['--n-gpu-layers', '99'], true],
    [['-ngl=20'], true],
    [['--device', 'cuda'], true],
    [['--n-gpu-layers', '0'], false],
    [['--device', 'cpu'], false],
    [['--n-gpu-layers'], false],
  ])('by its command %j: %s', (words, isOnAccelerators) => {
    const { expected } = expectedOf(factsWith([]), container('-m', 'x.gguf', ...words), absent)
    expect(expected).toMatchObject(isOnAccelerators ? { on: 'accelerators', from: 'command' } : { on: 'processor' })
  })
})
