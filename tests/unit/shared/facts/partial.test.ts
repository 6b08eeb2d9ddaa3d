// Facts of a Mac and of Windows: what was told is there, and everything else is unreadable, never absent and never 0.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { facts as factsSchema } from '../../../../shared/domain/facts.ts'
import { partialPlatform } from '../../../../shared/domain/partial-platform.ts'
import { absent } from '../../../../shared/domain/reading.ts'
import { partialFacts, systemCallsOn } from '../../../../shared/facts/partial.ts'
import { answersOf, factsOf, type PartialCase, partialCase, partialCases } from '../../../support/partial-cases.ts'

const cases = partialCases().map((one) => [one.name, one] as const)
const takenAt = '2026-11-26T09:00:00.000Z'
const [mac, radeon, windows] = ['mac-studio', 'imac-radeon', 'windows-workstation'].map(partialCase) as [
  PartialCase,
  PartialCase,
  PartialCase,
]

/** The facts of a case of which one call answered otherwise. */
function changed(base: PartialCase, call: string, change: object) {
  const before = (base.told as Record<string, object>)[call]
  const told = { ...base.told, [call]: Array.isArray(change) ? change : { ...before, ...change } }
  return partialFacts(answersOf(told), { platform: base.platform, takenAt })
}

describe('facts of a part', () => {
  it.each(cases)('%s: what was told, and nothing else is known', (_name, one) => {
    const facts = factsOf(one)
    expect(factsSchema.parse(facts)).toEqual(facts)
    const { format, partial, takenAt: _, privilege, probes, accelerators, stack, ...readings } = facts
    expect(stack).toBeUndefined()
    expect({ format, partial, privilege, probes }).toEqual({
      ...{ format: 1, partial: { platform: one.platform }, privilege: 'login', probes: [] },
    })
    for (const [fact, reading = absent] of Object.entries(readings)) {
      const expected = one.expected[fact as keyof typeof one.expected]
      if (expected === undefined) expect([fact, reading?.state]).toEqual([fact, 'unreadable'])
      else expect([fact, reading]).toEqual([fact, expected])
    }
    const named = accelerators.flatMap(({ vendor, notes }) => (notes === undefined ? [] : [[vendor, notes]]))
    expect(Object.fromEntries(named)).toEqual(one.named)
  })

  it.each(cases)('%s: a report a vendor, of which no device, count or node is claimed', (_name, one) => {
    const { accelerators } = factsOf(one)
    expect(accelerators).toHaveLength(13)
    for (const { devices, pciCount, bus, nodes, container } of accelerators) {
      expect([devices.state, pciCount.state]).toEqual(['unreadable', 'unreadable'])
      expect([bus, nodes, container]).toEqual([undefined, undefined, undefined])
    }
  })

  it.each(partialPlatform.options)(
    'of %s without any answer is unreadable throughout, and says on which system',
    (p) => {
      const facts = partialFacts({}, { platform: p, takenAt })
      expect(factsSchema.parse(facts)).toEqual(facts)
      const text = JSON.stringify(facts)
      expect(text).not.toMatch(/"(?:known|absent)"/)
      expect(text).toContain(p === 'darwin' ? 'not read on macOS' : 'not read on Windows')
    },
  )

  it('takes the driver that nvidia-smi names, and two that differ for none', () => {
    const nvidia = (facts: ReturnType<typeof factsOf>) => facts.accelerators.find(({ vendor }) => vendor === 'nvidia')
    expect(nvidia(factsOf(windows))?.driverVersion).toEqual({ state: 'known', value: '552.74' })
    const card = { vendor: 'NVIDIA', model: 'RTX' }
    const two = [
      { ...card, driverVersion: '1' },
      { ...card, driverVersion: '2' },
    ]
    expect(nvidia(changed(windows, 'graphics', { controllers: two }))?.driverVersion.state).toBe('unreadable')
  })

  it('never throws and never says absent, whatever comes', () => {
    const told = fc.dictionary(
      fc.constantFrom('osInfo', 'uuid', 'cpu', 'mem', 'fsSize', 'networkConnections', 'graphics'),
      fc.oneof(fc.jsonValue(), fc.constant({ controllers: [{ vendor: 'NVIDIA', model: '' }] })),
    )
    fc.assert(
      fc.property(told, fc.constantFrom(...partialPlatform.options), (answers, platform) => {
        const facts = partialFacts(answersOf(answers), { platform, takenAt })
        expect(factsSchema.safeParse(facts).success).toBe(true)
        expect(JSON.stringify(facts)).not.toContain('"absent"')
      }),
    )
  })
})

// What systeminformation leaves in its answer where a command of its own failed.
describe('an answer that nobody gave', () => {
  it.each([
    ['the name of the system', changed(mac, 'osInfo', { distro: '' }).os],
    ['the name of the system, still its own word', changed(windows, 'osInfo', { distro: 'unknown' }).os],
    ['the machine id', changed(mac, 'uuid', { os: '' }).machineId],
    ['a machine id of zeros', changed(windows, 'uuid', { os: '00000000-0000-0000-0000-000000000000' }).machineId],
    ['the processor', changed(windows, 'cpu', { brand: '', manufacturer: '' }).cpu],
    ['the memory of a Mac whose vm_stat failed', changed(mac, 'mem', { reclaimable: 0 }).memory],
    ['no memory at all', changed(windows, 'mem', { total: 0, available: 0 }).memory],
    ['more memory available than there is', changed(windows, 'mem', { total: 5, available: 6 }).memory],
    ['the disk of /', changed(mac, 'fsSize', []).spaces],
    ['ports, none of which listens', changed(mac, 'networkConnections', []).listeningPorts],
    ['a 32-bit program', changed(windows, 'osInfo', { arch: 'ia32' }).architecture],
    ['x64 on a processor that is not known', changed(radeon, 'cpu', { brand: '' }).architecture],
  ])('is unreadable: %s', (_what, reading) => {
    expect(reading).toMatchObject({ state: 'unreadable', why: expect.stringMatching(/\w/) })
  })

  it('no swap is left out, since it is also what is said where nobody told', () => {
    expect(factsOf(mac).memory).not.toHaveProperty('value.swapTotalBytes')
    expect(factsOf(windows).memory).toHaveProperty('value.swapTotalBytes', 17_179_869_184)
  })

  it('a program in translation does not take its own kind for the processor’s', () => {
    const translated = { ...mac, told: { ...mac.told, osInfo: { ...mac.told.osInfo, arch: 'x64' } } }
    expect(factsOf(translated).architecture).toEqual({ state: 'known', value: 'arm64' })
  })

  it('a graphics card without its device id is none of a maker that is told by it', () => {
    const arc = { vendor: 'Intel', model: 'Intel Arc A770', vendorId: '0x8086' }
    const notesOf = (change: object) =>
      changed(radeon, 'graphics', { controllers: [{ ...arc, ...change }] }).accelerators.flatMap(
        ({ notes = [] }) => notes,
      )
    expect(notesOf({})).toEqual([])
    expect(notesOf({ deviceId: '0x56A0' })).toEqual(['Intel Arc A770'])
  })

  it('an id that was guessed from a piece of another maker’s name names nobody', () => {
    const guessed = { vendor: 'Some Corporation', model: 'Display', vendorId: '0x1002', deviceId: '0x0001' }
    const { accelerators } = changed(mac, 'graphics', { controllers: [guessed] })
    expect(accelerators.filter(({ notes }) => notes !== undefined)).toEqual([])
  })
})

describe('a single answer of a part', () => {
  const os = (change: object, base = mac) => changed(base, 'osInfo', change)

  it.each([
    ['564D8C3A-1B2C-4D5E-8F90-A1B2C3D4E5F6 ', 'known'],
    ['00000000-0000-0000-0000-000000000000', 'unreadable'],
    ['564d8c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6x', 'unreadable'],
    ['x564d8c3a-1b2c-4d5e-8f90-a1b2c3d4e5f6', 'unreadable'],
    ['564d8c3a-1b2c-4d5e-8f90-000000000000', 'known'],
    ['', 'unreadable'],
  ])('the machine id "%s" is %s', (id, state) => {
    const { machineId } = changed(mac, 'uuid', { os: id })
    expect(machineId.state).toBe(state)
    if (machineId.state === 'known') expect(machineId.value).toBe(id.trim().toLowerCase())
  })

  it.each([
    [{ distro: '' }, 'unreadable', undefined],
    [{ distro: 'unknown' }, 'unreadable', undefined],
    [{ distro: 'macOS', release: '15.1' }, 'known', 'macOS 15.1'],
    [{ distro: 'macOS', release: '' }, 'known', 'macOS'],
  ])('a Mac that says %j', (change, state, prettyName) => {
    const read = os(change).os
    expect([read.state, read.state === 'known' ? read.value.prettyName : undefined]).toEqual([state, prettyName])
  })

  it('names what is missing', () => {
    expect(os({ hostname: ' ' }).hostname).toEqual({ state: 'unreadable', why: 'osInfo: no host name' })
    expect(os({ kernel: '' }).kernel).toEqual({ state: 'unreadable', why: 'osInfo: no kernel' })
    expect(os({ arch: 'ia32' }).architecture).toEqual({
      state: 'unreadable',
      why: 'osInfo: this program is built for ia32',
    })
    const { hostname } = changed(mac, 'osInfo', { hostname: 5 })
    expect(hostname).toMatchObject({ state: 'unreadable', why: expect.stringMatching(/^osInfo: hostname ./) })
  })

  it.each([
    [{ manufacturer: 'Intel', brand: 'Core i7' }, 'Intel Core i7'],
    [{ manufacturer: 'intel', brand: 'INTEL Core i7' }, 'INTEL Core i7'],
    [{ manufacturer: 'Intel', brand: '' }, undefined],
    [{ manufacturer: 'Intel', brand: 'unknown' }, undefined],
  ])('a processor that says %j', (change, model) => {
    const { cpu } = changed(mac, 'cpu', change)
    expect(cpu.state === 'known' ? cpu.value.model : undefined).toBe(model)
  })

  it.each([
    ['x64', 'Apple M2', 'arm64'],
    ['x64', 'Core i7', 'amd64'],
    ['x64', 'unknown', undefined],
    ['arm64', 'unknown', 'arm64'],
    ['ppc', 'Apple M2', undefined],
  ])('a program built for %s on %s', (arch, brand, architecture) => {
    const told = { ...mac.told, osInfo: { ...mac.told.osInfo, arch }, cpu: { manufacturer: '', brand, cores: 4 } }
    const read = partialFacts(answersOf(told), { platform: 'darwin', takenAt }).architecture
    expect(read.state === 'known' ? read.value : undefined).toBe(architecture)
  })

  it.each([
    [mac, { total: 100, available: 40, reclaimable: 1, swaptotal: 0 }, { totalBytes: 100, availableBytes: 40 }],
    [mac, { total: 100, available: 40, reclaimable: 0, swaptotal: 0 }, undefined],
    [windows, { total: 100, available: 40, reclaimable: 0, swaptotal: 0 }, { totalBytes: 100, availableBytes: 40 }],
    [windows, { total: 100, available: 100, reclaimable: 0, swaptotal: 1.4 }, { swapTotalBytes: 1 }],
    [windows, { total: 100, available: 101, reclaimable: 0, swaptotal: 0 }, undefined],
  ])('a memory: case %#', (base, change, memory) => {
    const read = changed(base, 'mem', change).memory
    if (memory === undefined) expect(read.state).toBe('unreadable')
    else expect(read).toMatchObject({ state: 'known', value: memory })
  })

  it('has the disk of /, where it has a size', () => {
    const disk = { fs: 'apfs', mount: '/', size: 100, available: 40 }
    const root = (...disks: object[]) => changed(mac, 'fsSize', disks).spaces
    expect(root({ ...disk, mount: '/data', size: 9 }, { ...disk, size: 0 }, disk)).toMatchObject({
      value: { root: { totalBytes: 100, freeBytes: 40 } },
    })
    expect(root({ ...disk, size: 0 })).toEqual({ state: 'unreadable', why: 'fsSize: no disk of /' })
  })

  it('has the ports that listen, with a number and an address', () => {
    const socket = (localPort: string, localAddress = '*', state = 'LISTEN') => ({ localPort, localAddress, state })
    const ports = changed(mac, 'networkConnections', [
      ...['1', '65535', '65536', '0', 'x1', '1x', ''].map((port) => socket(port)),
      ...[socket('22', ''), socket('23', '*', 'ESTABLISHED'), socket('1')],
    ]).listeningPorts
    expect(ports.state === 'known' && ports.value.map(({ port }) => port)).toEqual([1, 65_535])
  })

  it('is asked for: of Windows no disk', () => {
    expect(systemCallsOn('darwin')).toContain('fsSize')
    expect(systemCallsOn('win32')).not.toContain('fsSize')
    expect(systemCallsOn('win32')).toHaveLength(6)
  })
})
