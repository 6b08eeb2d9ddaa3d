// The detail of one GPU in the XML of nvidia-smi, leaf by leaf: what idle, partitioned and half-told GPUs print.
import { describe, expect, it } from 'vitest'
import type { AcceleratorDetail } from '../../../../../shared/domain/accelerator.ts'
import { absent, known, type Reading, unreadable } from '../../../../../shared/domain/reading.ts'
import { detailOf } from '../../../../../shared/facts/accelerators/nvidia-details.ts'
import { readXml, type XmlElement } from '../../../../../shared/facts/accelerators/nvidia-xml.ts'

const detail = (inside: string, index = 3): AcceleratorDetail =>
  detailOf(readXml(`<gpu>${inside}</gpu>`).children[0] as XmlElement, index)
const no = (path: string) => unreadable(`nvidia-smi -q -x has no ${path}`)

it('says of each part of an empty GPU that it is not there', () => {
  expect(detail('')).toEqual({
    serial: no('serial'),
    firmware: no('vbios_version'),
    node: no('minor_number'),
    coreClockMegahertz: no('clocks/graphics_clock'),
    memoryClockMegahertz: no('clocks/mem_clock'),
    correctedMemoryErrors: no('ecc_errors/volatile'),
    uncorrectedMemoryErrors: no('ecc_errors/volatile'),
    pendingRetirements: no('remapped_rows'),
    slowdowns: no('clocks_event_reasons'),
    processes: no('processes'),
    partitions: absent,
    persistence: no('persistence_mode'),
  })
})

it.each<[string, AcceleratorDetail]>([
  ['<minor_number>4</minor_number>', { node: known('/dev/nvidia4') }],
  ['<minor_number>N/A</minor_number>', { node: absent }],
  ['<serial>1320321012345</serial>', { serial: known('1320321012345') }],
  ['<serial>0</serial>', { serial: absent }],
  ['<serial>0000</serial>', { serial: absent }],
  ['<serial>N/A</serial>', { serial: absent }],
  ['<serial>010</serial>', { serial: known('010') }],
  ['<persistence_mode>Enabled</persistence_mode>', { persistence: known(true) }],
])('reads %s', (inside, part) => {
  expect(detail(inside)).toMatchObject(part)
})

describe('virtualization', () => {
  it.each([
    ['VGPU', known('VGPU')],
    ['None', undefined],
    ['N/A', undefined],
    ['None yet', known('None yet')],
    ['Not none', known('Not none')],
  ])('"%s"', (word, mode) => {
    const inside = `<gpu_virtualization_mode><virtualization_mode>${word}</virtualization_mode></gpu_virtualization_mode>`
    expect(detail(inside).virtualization).toEqual(mode)
  })
})

describe('the link', () => {
  const link = (gen: readonly [string, string], width: readonly [string, string]) =>
    detail(
      `<pci><pci_gpu_link_info><pcie_gen><max_link_gen>${gen[1]}</max_link_gen><current_link_gen>${gen[0]}</current_link_gen></pcie_gen>` +
        `<link_widths><max_link_width>${width[1]}</max_link_width><current_link_width>${width[0]}</current_link_width></link_widths></pci_gpu_link_info></pci>`,
    ).link

  it('has speeds by generation, and lanes', () => {
    expect(link(['1', '5'], ['8x', '16x'])).toEqual(known({ speed: 2.5, maxSpeed: 32, width: 8, maxWidth: 16 }))
    expect(link(['3', '6'], ['1x', '4x'])).toEqual(known({ speed: 8, maxSpeed: 64, width: 1, maxWidth: 4 }))
  })

  it.each([
    ['a generation that is not told', ['N/A', '5'], ['8x', '16x']],
    ['a highest generation that is not told', ['1', 'N/A'], ['8x', '16x']],
    ['a width that is not told', ['1', '5'], ['N/A', '16x']],
    ['a greatest width that is not told', ['1', '5'], ['8x', 'N/A']],
    ['a greatest width of nothing', ['1', '5'], ['8x', '0x']],
    ['a generation of the future', ['1', '7'], ['8x', '16x']],
    ['a width of another shape', ['1', '5'], ['8x8', '16x']],
    ['a width of another shape', ['1', '5'], ['x8x', '16x']],
    ['a width of three digits', ['1', '5'], ['116x', '16x']],
  ] as const)('is left to the bus by %s', (_what, gen, width) => {
    expect(link(gen, width)).toBeUndefined()
  })
})

describe('slowdowns', () => {
  const reasons = (inside: string, name = 'clocks_event_reasons') => detail(`<${name}>${inside}</${name}>`).slowdowns
  const flag = (word: string, said: string, name = 'clocks_event_reason') =>
    `<${name}_${word}>${said}</${name}_${word}>`

  it.each<[string, string, Reading<string[]>]>([
    ['active ones', flag('hw_slowdown', 'Active') + flag('sw_power_cap', 'Not Active'), known(['hw_slowdown'])],
    ['none', flag('hw_slowdown', 'Not Active') + flag('sw_power_cap', 'N/A'), known([])],
    ['those that harm nothing', flag('gpu_idle', 'Active') + flag('hw_slowdown', 'Not Active'), known([])],
    ['clocks that somebody chose', flag('applications_clocks_setting', 'Active'), absent],
    ['clocks of a display', flag('display_clocks_setting', 'Active'), absent],
    ['questions that are not answered', flag('hw_slowdown', 'N/A'), absent],
    [
      'a word that is not known',
      flag('hw_slowdown', 'Perhaps'),
      unreadable('clocks_event_reason_hw_slowdown: Perhaps'),
    ],
    [
      'an active one beside a word that is not known',
      flag('hw_slowdown', 'Perhaps') + flag('sync_boost', 'Active'),
      known(['sync_boost']),
    ],
    [
      'a name of another kind',
      '<x_clocks_event_reasons_hot>Active</x_clocks_event_reasons_hot>',
      known(['x_clocks_event_reasons_hot']),
    ],
  ])('%s', (_what, inside, reading) => {
    expect(reasons(inside)).toEqual(reading)
  })

  it('has older words too', () => {
    const older = flag('hw_slowdown', 'Active', 'clocks_throttle_reason')
    expect(reasons(older, 'clocks_throttle_reasons')).toEqual(known(['hw_slowdown']))
  })
})

describe('processes', () => {
  const process = (pid: string, name: string, memory = '100 MiB') =>
    `<process_info><pid>${pid}</pid>${name}<used_memory>${memory}</used_memory></process_info>`
  const python = '<process_name>/usr/bin/python3 --token secret</process_name>'
  const read = (inside: string) => detail(`<processes>${inside}</processes>`).processes

  it('have no options, which may be secrets', () => {
    expect(read(process('17', python))).toEqual(
      known([{ pid: 17, name: '/usr/bin/python3', memoryBytes: known(100 * 1024 ** 2) }]),
    )
  })

  it('have a memory in MiB where no unit is said, and may have no name', () => {
    expect(read(process('17', '', '5'))).toEqual(known([{ pid: 17, name: '', memoryBytes: known(5 * 1024 ** 2) }]))
  })

  it('are left out without a number', () => {
    expect(read(process('0', python) + process('N/A', python) + process('x', python))).toEqual(known([]))
  })

  it.each<[string, Reading<unknown>]>([
    ['', known([])],
    ['None', known([])],
    ['N/A', absent],
    ['[N/A]', absent],
    ['None of your business', unreadable('processes: None of your business')],
    ['Almost none', unreadable('processes: Almost none')],
    ['so N/A', unreadable('processes: so N/A')],
    ['N/A so', unreadable('processes: N/A so')],
  ])('"%s"', (text, reading) => {
    expect(read(text)).toEqual(reading)
  })

  it('are no more than 256', () => {
    const many = read(Array.from({ length: 300 }, (_, at) => process(`${at + 1}`, '')).join(''))
    expect(many).toMatchObject({ state: 'known', value: { length: 256 } })
  })
})

describe('partitions', () => {
  const part = (index: string, instance: string, compute: string) =>
    `<mig_device><index>${index}</index><gpu_instance_id>${instance}</gpu_instance_id><compute_instance_id>${compute}</compute_instance_id>` +
    '<fb_memory_usage><total>9856 MiB</total><used>12</used></fb_memory_usage></mig_device>'
  const partitions = (mode: string, parts = '') =>
    detail(`<mig_mode>${mode}</mig_mode><mig_devices>${parts}</mig_devices>`).partitions
  const enabled = '<current_mig>Enabled</current_mig>'

  it('are named as containers are given them', () => {
    expect(partitions(enabled, part('1', '7', '2'))).toEqual(
      known([
        {
          id: '3:1',
          name: 'GI 7 CI 2',
          memoryTotalBytes: known(9856 * 1024 ** 2),
          memoryUsedBytes: known(12 * 1024 ** 2),
        },
      ]),
    )
  })

  it('are left out where one of their numbers is missing', () => {
    expect(partitions(enabled, part('x', '7', '2') + part('1', 'x', '2') + part('1', '7', 'x'))).toEqual(known([]))
  })

  it('are no more than 64', () => {
    const many = partitions(enabled, Array.from({ length: 70 }, (_, at) => part(`${at}`, '1', '0')).join(''))
    expect(many).toMatchObject({ state: 'known', value: { length: 64 } })
  })

  it.each<[string, Reading<never>]>([
    ['<current_mig>Disabled</current_mig>', absent],
    ['<current_mig>N/A</current_mig>', absent],
    ['<current_mig>Half</current_mig>', unreadable('current_mig: Half')],
    ['', no('mig_mode/current_mig')],
  ])('are %s', (mode, reading) => {
    expect(partitions(mode, part('1', '7', '2'))).toEqual(reading)
  })
})
