// What the product's readers make of the simulated machine: known values for every question, in all three presets.
import { describe, expect, it } from 'vitest'
import { engineAnswers } from '../../../../../main/demo/engine/answers.ts'
import { hardwareAnswers } from '../../../../../main/demo/hardware/answers.ts'
import { presets } from '../../../../../main/demo/hardware/presets.ts'
import { demoPreset } from '../../../../../shared/domain/demo.ts'
import { allProbes } from '../../../../../shared/facts/assemble.ts'
import { testContainer, testMachine } from '../../../../support/demo-machine.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { demoFacts } from './read-back.ts'

const ofEngine = ['docker-version', 'docker-info', 'podman', 'containers', 'container-devices', 'images', 'networks']

describe('the facts of a simulated machine', () => {
  it('leaves no probe to anybody but the engine', () => {
    const asked = allProbes.map((probe) => probe.id).filter((id) => !ofEngine.includes(id))
    expect(Object.keys(hardwareAnswers).sort()).toEqual(asked.sort())
  })

  it.each(demoPreset.options)('knows the operating system of %s', (preset) => {
    const facts = demoFacts(testMachine(preset), hardwareAnswers)
    const { memoryBytes, swapBytes, logicalCores, cpuModel, kernel } = presets[preset]
    expect(facts).toMatchObject({
      machineId: { state: 'known', value: '0123456789abcdef0123456789abcdef' },
      hostname: { state: 'known', value: 'ward-3' },
      kernel: { state: 'known', value: kernel },
      architecture: { state: 'known', value: 'amd64' },
      cpu: { state: 'known', value: { model: cpuModel, logicalCores } },
      memory: { state: 'known', value: { totalBytes: memoryBytes, swapTotalBytes: swapBytes } },
      systemd: { state: 'known', value: '255' },
      artifacts: { state: 'known', value: [] },
      staged: { state: 'known', value: [] },
      deployments: { state: 'known', value: [] },
    })
    expect(knownValue(facts.memory).availableBytes).toBeGreaterThan(0.9 * memoryBytes)
    expect(knownValue(facts.spaces)).toMatchObject({ rackside: { path: '/var/lib' }, root: { path: '/' } })
  })

  it('says which release of which distribution it is', () => {
    const releases = demoPreset.options.map((preset) => knownValue(demoFacts(testMachine(preset), hardwareAnswers).os))
    expect(releases).toEqual([
      { id: 'openEuler', versionId: '22.03', prettyName: 'openEuler 22.03 LTS' },
      { id: 'ubuntu', versionId: '22.04', prettyName: 'Ubuntu 22.04.5 LTS' },
      { id: 'ubuntu', versionId: '24.04', prettyName: 'Ubuntu 24.04.2 LTS' },
    ])
  })

  it('has a host name in ASCII under a Chinese name', () => {
    const names = ['3号楼-服务器', '病房', 'Ward_3.b'].map((name) => {
      const facts = demoFacts(testMachine('workstation-2', { name }), hardwareAnswers)
      return knownValue(facts.hostname)
    })
    expect(names).toEqual(['3', 'demo-workstation-2', 'ward-3-b'])
  })

  it.each([
    ['ascend-8', 'ascend', 8, '25.2.0', '910B4', 32_768],
    ['nvidia-8', 'nvidia', 8, '550.144.03', 'NVIDIA H20', 97_871],
    ['workstation-2', 'nvidia', 2, '570.133.07', 'NVIDIA GeForce RTX 4090', 24_564],
  ] as const)('finds in %s the accelerators of one vendor, and of the other none', (...row) => {
    const [preset, vendor, count, driver, product, memoryMib] = row
    const { accelerators } = demoFacts(testMachine(preset), hardwareAnswers)
    const report = accelerators.find((one) => one.vendor === vendor)
    expect(report).toMatchObject({
      pciCount: { state: 'known', value: count },
      driverVersion: { state: 'known', value: driver },
    })
    expect(report?.notes).toBeUndefined()
    const devices = report === undefined ? [] : knownValue(report.devices)
    expect(devices.map((device) => device.index)).toEqual(Array.from({ length: count }, (_, index) => index))
    for (const device of devices) {
      expect(device).toMatchObject({
        product: { value: product },
        memoryTotalBytes: { value: memoryMib * 1024 ** 2 },
        utilizationPercent: { value: 0 },
        health: { value: 'ok' },
      })
      expect(knownValue(device.pciAddress)).toBe(presets[preset].devices[device.index]?.pciAddress)
      expect(knownValue(device.temperatureCelsius)).toBeGreaterThan(30)
      expect(knownValue(device.powerWatts)).toBeGreaterThan(10)
    }
    const other = accelerators.find((one) => one.vendor !== vendor)
    expect(other).toMatchObject({
      pciCount: { value: 0 },
      driverVersion: { state: 'absent' },
      devices: { state: 'absent' },
    })
  })

  it('gives every GPU of every machine an id of its own', () => {
    const ids = ['a', 'b'].flatMap((digit) => {
      const facts = demoFacts(testMachine('nvidia-8', { machineId: digit.repeat(32) }), hardwareAnswers)
      return facts.accelerators.flatMap((report) =>
        report.devices.state === 'known' ? report.devices.value.map((device) => knownValue(device.uuid)) : [],
      )
    })
    expect(new Set(ids).size).toBe(16)
    expect(ids[0]).toMatch(/^GPU-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })

  it('shows who listens: sshd, and the proxy of each running container', () => {
    const stopped = testContainer(0, { state: 'exited', hostPort: 9000 })
    const machine = testMachine('ascend-8', { containers: [testContainer(0), stopped] })
    const ports = knownValue(demoFacts(machine, hardwareAnswers).listeningPorts)
    expect(ports).toEqual([
      { address: '0.0.0.0', port: 22, process: { state: 'known', value: 'sshd' } },
      { address: '127.0.0.1', port: 8080, process: { state: 'known', value: 'docker-proxy' } },
      { address: '::', port: 22, process: { state: 'known', value: 'sshd' } },
    ])
  })

  it.each(demoPreset.options)('knows every part of the stack around %s', (preset) => {
    const { stack } = demoFacts(testMachine(preset), { ...hardwareAnswers, ...engineAnswers })
    const unread = Object.entries(stack ?? {}).filter(([, reading]) => reading?.state === 'unreadable')
    expect(unread).toEqual([])
    expect(stack).toMatchObject({
      runtimes: { value: { cgroupDriver: 'systemd', cdiFolders: ['/etc/cdi', '/var/run/cdi'] } },
      clockSynchronised: { value: true },
      kernelHeaders: { value: true },
    })
    const disks = stack === undefined ? {} : knownValue(stack.diskUnder)
    expect(Object.keys(disks).sort()).toEqual(['engine', 'rackside', 'root'])
  })

  it('has a kernel that tells of a card that was pulled, and of nothing else', () => {
    const log = (drills: object) => {
      const { stack } = demoFacts(testMachine('nvidia-8', { drills }), hardwareAnswers)
      return stack === undefined ? [] : knownValue(stack.kernelLog)
    }
    expect(log({})).toHaveLength(1)
    expect(log({ 'pull-card': { sinceMs: Date.parse('2026-11-22T07:30:00Z') } })[1]).toEqual({
      at: '2026-11-22T07:30:00+0000',
      text: 'NVRM: Xid (PCI:0000:b7:00): 79, GPU has fallen off the bus.',
    })
  })

  it('answers in ASCII, whatever lies on the machine', () => {
    for (const preset of demoPreset.options) {
      const machine = testMachine(preset, {
        name: '病房',
        files: { '/var/lib/rackside/deployments/x.json': '{"a":"\u6a21\u578b"}\n' },
      })
      const text = Object.values(hardwareAnswers).map((answer) => answer(machine).stdout)
      expect([...text.join('')].every((letter) => letter < '\u0080')).toBe(true)
    }
  })
})
