// What may move between planning and applying, and what may not: only answers the plan read count, and
// what its own steps brought about is no difference.
import { describe, expect, it } from 'vitest'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import type { Plan } from '../../../../shared/domain/plan.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { deploymentLabel, portLabel, specLabel } from '../../../../shared/domain/remote-layout.ts'
import { answerDifferences, answersOf } from '../../../../shared/plan/fingerprint.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'

const wanted = [
  { deployment: 'ward-model', hostPort: 8400 },
  { deployment: 'note-helper', hostPort: 8410 },
]
const differences = (then: Facts, now: Facts) => answerDifferences(planFor(then), answersOf(now, wanted))

const bare = planCase('bare-cpu-server').facts
const cards = planCase('eight-h20').facts
const installed = planCase('installed').facts

const withCards = (change: (report: Facts['accelerators'][number]) => Facts['accelerators'][number]): Facts => ({
  ...cards,
  accelerators: cards.accelerators.map((report) => (report.vendor === 'nvidia' ? change(report) : report)),
})
const listening = (port: number, process: string, address = '0.0.0.0') =>
  known([{ address, port, process: known(process) }])

const moved: [name: string, then: Facts, now: Facts, lines: string[]][] = [
  ['nothing moved', cards, structuredClone(cards), []],
  [
    'the driver was updated',
    cards,
    withCards((report) => ({ ...report, driverVersion: known('575.57.08') })),
    ['driver nvidia: 570.124.06 -> 575.57.08'],
  ],
  [
    'a card was lost',
    cards,
    withCards((report) => ({
      ...report,
      devices: report.devices.state === 'known' ? known(report.devices.value.slice(1)) : report.devices,
    })),
    ['accelerator nvidia 0000:18:00.0 chip 0: NVIDIA H20, health ok -> absent'],
  ],
  [
    'the tool hangs now',
    cards,
    withCards((report) => ({ ...report, devices: unreadable('hung') })),
    [
      ...Array(8).fill(expect.stringMatching(/^accelerator nvidia .* -> absent$/)),
      'accelerators nvidia: known -> unreadable',
    ],
  ],
  [
    'the port was taken meanwhile',
    bare,
    { ...bare, listeningPorts: listening(8400, 'nginx') },
    ['port 8400: available -> held by nginx'],
  ],
  ['another port was taken', bare, { ...bare, listeningPorts: listening(9000, 'nginx') }, []],
  [
    'the port was taken on a LAN address',
    bare,
    { ...bare, listeningPorts: listening(8400, 'nginx', '192.168.1.5') },
    [],
  ],
  [
    'another machine answers at this address',
    bare,
    { ...bare, machineId: known('other') },
    ['machine-id: 5d8e0f3c9b0a4f6e8c1d2b3a4f5e6d7c -> other'],
  ],
  [
    'Docker was updated',
    bare,
    { ...bare, engine: known({ ...knownValue(bare.engine), version: '29.0.1' }) },
    ['engine: docker 28.5.2 classic -> docker 29.0.1 classic'],
  ],
  ['memory and disk changed', bare, { ...bare, memory: unreadable('x'), spaces: unreadable('x') }, []],
  ['the steps of the plan themselves', bare, { ...installed, accelerators: bare.accelerators }, []],
]

describe('between planning and applying', () => {
  it.each(moved)('%s', (_name, then, now, lines) => {
    expect(differences(then, now)).toEqual(lines)
  })

  it('half of the steps done is no difference either', () => {
    const half = {
      ...installed,
      containers: known(knownValue(installed.containers).slice(0, 1)),
      listeningPorts: listening(8400, 'docker-proxy', '127.0.0.1'),
    }
    expect(differences(bare, half)).toEqual([])
  })

  it('a deployment with a spec that nobody planned is one', () => {
    const containers = knownValue(installed.containers)
    const foreign = containers.map((c) => ({ ...c, labels: { ...c.labels, [specLabel]: 'f'.repeat(64) } }))
    const lines = differences(bare, { ...installed, containers: known(foreign) })
    expect(lines).toEqual([
      `deployment note-helper: absent -> ${'f'.repeat(64)}`,
      `deployment ward-model: absent -> ${'f'.repeat(64)}`,
    ])
  })

  it('a deployment that somebody removed is one', () => {
    expect(differences(installed, { ...installed, containers: known([]), listeningPorts: known([]) })).toEqual([
      expect.stringMatching(/^deployment note-helper: .* -> absent$/),
      expect.stringMatching(/^deployment ward-model: .* -> absent$/),
    ])
  })
})

describe('what a plan reads', () => {
  const hostPort = 8400
  const portOf = (facts: Facts) => answersOf(facts, [{ deployment: 'ward-model', hostPort }])['port 8400']
  const [mine] = knownValue(installed.containers).filter((one) => one.name === 'rackside-ward-model')
  if (mine === undefined) throw new Error('the fixture lost its container')
  const publishing = (...containers: Partial<Container>[]): Facts => ({
    ...installed,
    containers: known(containers.map((one) => ({ ...mine, ...one }))),
  })
  const labels = { [portLabel]: String(hostPort) }

  it("of a port is who holds it: another deployment, by its name or its container's, and not one that stands still", () => {
    expect(portOf(publishing({}))).toBe('available')
    const other = { name: 'rackside-old', labels: { ...labels, [deploymentLabel]: 'old' } }
    expect(portOf(publishing({}, other))).toBe('held by the deployment old')
    expect(portOf(publishing({ name: 'somebody', labels }))).toBe('held by the deployment somebody')
    const stopped = publishing({ ...other, state: 'exited' })
    expect(portOf({ ...stopped, listeningPorts: known([]) })).toBe('available')
  })

  it.each(['127.0.0.1', '0.0.0.0', '*', '::', '[::]'])('of a port is what listens on %s too', (address) => {
    expect(portOf({ ...bare, listeningPorts: listening(hostPort, 'nginx', address) })).toBe('held by nginx')
  })

  it('of a deployment is that it is there without a spec, and not there at all', () => {
    const state = (facts: Facts) => answersOf(facts, wanted)['deployment ward-model']
    expect(state(publishing({ labels: { ...labels, [deploymentLabel]: 'ward-model' } }))).toBe('unlabelled')
    expect(state(publishing())).toBe('absent')
    expect(state({ ...installed, containers: unreadable('x') })).toBe('unreadable')
  })

  it('of cards without a bus address is which one of them it is', () => {
    const apart = withCards((report) => ({
      ...report,
      devices: known(knownValue(report.devices).map((device) => ({ ...device, pciAddress: absent }))),
    }))
    const names = Object.keys(answersOf(apart, [])).filter((name) => name.startsWith('accelerator nvidia'))
    expect(names).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((index) => `accelerator nvidia index ${index} chip 0`))
  })

  it('of a system that cannot be read is just that', () => {
    expect(answersOf({ ...bare, os: unreadable('x'), engine: absent }, [])).toMatchObject({
      os: 'unreadable',
      engine: 'absent',
    })
  })
})

describe('a plan that brings packages', () => {
  const steps = (change: boolean) =>
    [{ id: 'host-package.x', change, spec: { kind: 'host-package' } }] as unknown as Plan['steps']
  const lines = (then: string, now: string, change = true) =>
    answerDifferences(
      { answers: { engine: then, os: 'debian 13' }, steps: steps(change) },
      { engine: now, os: 'other' },
    )
  const moved = 'os: debian 13 -> other'

  it('may bring the engine that was not there, or that could not be asked, and nothing else besides', () => {
    expect(lines('absent', 'docker 28 classic')).toEqual([moved])
    expect(lines('unreadable', 'docker 28 classic')).toEqual([moved])
  })

  it('does not explain another engine than the one that was there, nor one that it did not bring', () => {
    expect(lines('docker 28 classic', 'docker 29 classic')).toEqual([
      'engine: docker 28 classic -> docker 29 classic',
      moved,
    ])
    expect(lines('absent', 'docker 28 classic', false)).toEqual(['engine: absent -> docker 28 classic', moved])
  })

  it('tells of what was not there then', () => {
    expect(answerDifferences({ answers: {}, steps: [] }, { 'accelerator x': 'new' })).toEqual([
      'accelerator x: absent -> new',
    ])
  })
})
