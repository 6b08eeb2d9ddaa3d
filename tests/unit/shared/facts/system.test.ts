// What plain files say of a system, line by line, and what only its services say.
import { describe, expect, it } from 'vitest'
import { absent, known, type Reading, unreadable } from '../../../../shared/domain/reading.ts'
import { hostServicesProbe, readHostServices } from '../../../../shared/facts/host-services.ts'
import { boundedLines, wholeNumber, wordsOf } from '../../../../shared/facts/lines.ts'
import { memoryField, readMachineId, readSystem } from '../../../../shared/facts/system.ts'
import { answer } from './recorded.ts'

const system = (id: string, text: string) => readSystem(new Map([[id, answer(id, text)]]))
const id = '0123456789abcdef0123456789abcdef'

describe('lines', () => {
  it('are bounded in number and length, and have no ends', () => {
    expect(boundedLines('a\r\nb\rc\n')).toEqual(['a', 'b\rc', ''])
    expect(boundedLines('x'.repeat(5000))[0]).toHaveLength(2000)
    expect(boundedLines('\n'.repeat(9000))).toHaveLength(8000)
    expect(boundedLines(`${'y'.repeat(1024 * 1024)}\nlate`)).toHaveLength(1)
  })

  it('have words, and whole numbers of at most 15 digits', () => {
    expect(wordsOf('  a \t b  ')).toEqual(['a', 'b'])
    expect(['0', '007', '999999999999999', '1000000000000000', '-1', '1.5', '', undefined].map(wholeNumber)).toEqual([
      ...[0, 7, 999_999_999_999_999, undefined, undefined, undefined, undefined, undefined],
    ])
  })
})

it.each<[string, Reading<string>]>([
  [id, known(id)],
  [` ${id}\n`, known(id)],
  ['', absent],
  ['\n', absent],
  ['uninitialized\n', absent],
  [`x${id}`, unreadable(`/etc/machine-id: x${id}`)],
  [`${id}0`, unreadable(`/etc/machine-id: ${id}0`)],
  [id.toUpperCase(), unreadable(`/etc/machine-id: ${id.toUpperCase()}`)],
])('the machine id "%s"', (text, reading) => {
  expect(readMachineId(text)).toEqual(reading)
})

it.each([
  ['ward-3\n6.8.0\nx86_64\n', known('ward-3'), known('6.8.0'), known('amd64')],
  [' ward-3 \n6.8.0\naarch64', known('ward-3'), known('6.8.0'), known('arm64')],
  ['ward-3\n6.8.0\nriscv64', known('ward-3'), known('6.8.0'), known('riscv64')],
  ['ward-3', known('ward-3'), unreadable('uname: ward-3'), unreadable('uname: ward-3')],
  ['a b\n6\nx', unreadable('uname: a b\n6\nx'), known('6'), known('x')],
])('uname of %j', (text, hostname, kernel, architecture) => {
  expect(system('uname', text)).toMatchObject({ hostname, kernel, architecture })
})

it.each([
  ['ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"', { id: 'debian', versionId: '12', prettyName: 'Debian 12' }],
  ["ID='a'\nNAME='It is'", { id: 'a', versionId: '', prettyName: 'It is' }],
  ['NAME="open', { id: 'linux', versionId: '', prettyName: '"open' }],
  ['NAME="', { id: 'linux', versionId: '', prettyName: '"' }],
  ['NAME=aba', { id: 'linux', versionId: '', prettyName: 'aba' }],
  [' NAME = "a \\"b\\"" \n=x\nno line', { id: 'linux', versionId: '', prettyName: 'a "b"' }],
])('os-release of %j', (text, os) => {
  expect(system('os-release', text).os).toEqual(known(os))
})

it('os-release is read for 200 lines, and is none without a name', () => {
  expect(system('os-release', `${'a=1\n'.repeat(199)}NAME=x`).os.state).toBe('known')
  expect(system('os-release', `${'a=1\n'.repeat(200)}NAME=x`).os.state).toBe('unreadable')
})

it.each([
  ['processor : 0\nprocessor: 1\nmodel name : Xeon', { model: 'Xeon', logicalCores: 2 }],
  ['processor\t: 0\nmodel name\t: -\nModel name: Kunpeng', { model: 'Kunpeng', logicalCores: 1 }],
  [
    'processor: 0\nCPU implementer: 0x48\nCPU part: 0xd01',
    { model: 'Arm implementer 0x48 part 0xd01', logicalCores: 1 },
  ],
  ['processor: 0\nCPU implementer: 0x48', { model: 'unnamed', logicalCores: 1 }],
  ['processor: 0\nCPU part: 0xd01', { model: 'unnamed', logicalCores: 1 }],
  ['my processor: 0\nprocessor: 1\nprocessors: 2\nmodel name x: a', { model: 'unnamed', logicalCores: 1 }],
])('cpuinfo of %j', (text, cpu) => {
  expect(system('cpu', text).cpu).toEqual(known(cpu))
})

describe('meminfo', () => {
  it.each([
    ['MemTotal: 16 kB', 16_384],
    ['MemTotal:       999999999999 kB', 999_999_999_999 * 1024],
    ['MemTotal: 1000000000000 kB', undefined],
    ['MemTotal: 16 MB', undefined],
    ['MemTotal: 16', undefined],
    ['MemTotal: x kB', undefined],
    ['MemTotals: 16 kB', undefined],
    ['', undefined],
  ])('"%s"', (line, bytes) => {
    expect(memoryField([line], 'MemTotal')).toBe(bytes)
  })

  it.each(['MemTotal', 'MemAvailable', 'SwapTotal'])('is not read without %s', (missing) => {
    const lines = ['MemTotal', 'MemAvailable', 'SwapTotal'].map((name) => `${name}: 1 kB`)
    expect(system('memory', lines.join('\n')).memory.state).toBe('known')
    expect(system('memory', lines.filter((line) => !line.startsWith(missing)).join('\n')).memory.state).toBe(
      'unreadable',
    )
  })
})

it.each([
  ['systemd 255 (255.4-1)', known('255')],
  ['systemd', unreadable('systemctl --version: systemd')],
  ['upstart 1', unreadable('systemctl --version: upstart 1')],
])('systemctl of "%s"', (text, version) => {
  expect(system('systemd', text).systemd).toEqual(version)
})

describe('what services say', () => {
  const read = (...lines: readonly string[]) =>
    readHostServices(new Map([[hostServicesProbe.id, answer(hostServicesProbe.id, lines.join('\n'))]]))
  const shape = unreadable('the answer has another shape')

  it.each<[string[], Reading<boolean>]>([
    [['NTPSynchronized=yes'], known(true)],
    [['NTPSynchronized=no  '], known(false)],
    [['      NTP synchronized: yes'], known(true)],
    [['System clock synchronized:no'], known(false)],
    [['Leap status     : Normal'], known(true)],
    [['Leap status: Not synchronised'], known(false)],
    [['Reference ID : 1', 'Leap status     :   Normal'], known(true)],
    [['NTPSynchronized=yes', 'NTPSynchronized=no'], known(true)],
    [['my NTPSynchronized=yes'], shape],
    [['NTPSynchronized=yes!'], shape],
    [['Leaping status: Normal'], shape],
    [['The Leap status: Normal'], shape],
    [[`Leap status: ${'x'.repeat(42)}`], shape],
    [[], absent],
    [[' '], absent],
  ])('of the clock by %j', (lines, reading) => {
    expect(read('now 1700000000', ...lines, 'units', 'Id=a.service', 'end').clockSynchronised).toEqual(reading)
    expect(read('now 1700000000', ...lines, 'end').clockSynchronised).toEqual(reading)
  })

  it.each([
    ['now 1700000000', known(1_700_000_000)],
    ['now 1234567890123', unreadable('date did not say it')],
    ['now x', unreadable('date did not say it')],
    ['it is now 5', unreadable('date did not say it')],
    ['now 5 or so', unreadable('date did not say it')],
  ])('of the time by "%s"', (line, reading) => {
    expect(read(line, 'end').clockSeconds).toEqual(reading)
    expect(read('end', line).clockSeconds.state).toBe('unreadable')
  })

  it('of units are their names and states, without those that are not there', () => {
    const block = (name: string, ...rest: string[]) => [`Id=${name}.service`, ...rest, '']
    const docker = block('docker', 'LoadState=loaded', 'ActiveState=active', 'UnitFileState=enabled')
    const gone = block('gone', 'LoadState=not-found', 'ActiveState=inactive', 'UnitFileState=')
    const bare = block('bare.service.x', 'ActiveState=failed', '=odd', 'no line')
    expect(read('now 1', 'units', ...docker, ...gone, ...bare, 'end').services).toEqual(
      known([
        { name: 'docker', active: 'active', starts: 'enabled' },
        { name: 'bare.service.x', active: 'failed', starts: '' },
      ]),
    )
    expect(read('now 1', 'units', 'Id=a.service', 'ActiveState=active', 'end').services).toMatchObject({
      value: [{ name: 'a' }],
    })
    expect(read('now 1', 'units', ...gone, 'end').services).toEqual(known([]))
    expect(read('now 1', 'units', 'Failed to connect', 'end').services.state).toBe('unreadable')
    expect(read('now 1', 'end').services).toEqual(absent)
    const many = Array.from({ length: 50 }, (_, at) => block(`u${at}`, 'ActiveState=active')).flat()
    expect(read('units', ...many, 'end').services).toMatchObject({ value: { length: 40 } })
  })

  it('is nothing where the answer breaks off or there is none', () => {
    const cut = unreadable('host-services: now 1')
    expect(read('now 1')).toEqual({ clockSynchronised: cut, clockSeconds: cut, services: cut })
    const missing = new Map([[hostServicesProbe.id, answer(hostServicesProbe.id, '', { state: 'missing' })]])
    expect(readHostServices(missing)).toEqual({ clockSynchronised: absent, clockSeconds: absent, services: absent })
  })
})
