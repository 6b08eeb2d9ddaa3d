// The GPUs of the XML of nvidia-smi: which of them there are, under which index, and how they join those of the query.
import { describe, expect, it } from 'vitest'
import type { Accelerator } from '../../../../../shared/domain/accelerator.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { readNvidiaXml, withGpu } from '../../../../../shared/facts/accelerators/nvidia-gpus.ts'

const mib = 1024 ** 2
type Part = { readonly minor?: string; readonly uuid?: string; readonly bus?: string; readonly inside?: string }

function gpu({ minor = '0', uuid = 'GPU-1', bus = '00000000:21:00.0', inside = '' }: Part = {}): string {
  const address = bus === '' ? '' : `<pci><pci_bus_id>${bus}</pci_bus_id></pci>`
  const id = uuid === '' ? '' : `<uuid>${uuid}</uuid>`
  return `<gpu id="${bus}"><minor_number>${minor}</minor_number>${id}${address}${inside}</gpu>`
}
const log = (count: number | string, ...inside: readonly string[]) =>
  readNvidiaXml(`<nvidia_smi_log><attached_gpus>${count}</attached_gpus>${inside.join('')}</nvidia_smi_log>`)
const deviceOf = (inside: string) => log(1, gpu({ inside })).gpus[0]?.device as Accelerator
const indexes = (found: ReturnType<typeof log>) => found.gpus.map((one) => one.device.index)

describe('which GPUs there are', () => {
  const other = { uuid: 'GPU-2', bus: '00000000:22:00.0' }

  it('counts by place where the list is complete, by minor number where it is not', () => {
    const two = [gpu({ minor: '5' }), gpu({ minor: '3', ...other })]
    expect(indexes(log(2, ...two))).toEqual([0, 1])
    expect(indexes(log(8, ...two))).toEqual([5, 3])
    expect(indexes(log('N/A', gpu({ minor: 'N/A' }), gpu({ minor: '3', ...other })))).toEqual([3])
  })

  it.each([
    ['one minor number twice', [gpu({ minor: '5' }), gpu({ minor: '5', ...other })], [5]],
    ['one address twice', [gpu({ minor: '5' }), gpu({ minor: '3', uuid: 'GPU-2' })], [5]],
    ['one uuid twice, where there is no address', [gpu({ minor: '5' }), gpu({ minor: '3', bus: 'N/A' })], [5]],
    ['one uuid under two addresses', [gpu({ minor: '5' }), gpu({ minor: '3', bus: other.bus })], [5, 3]],
    [
      'two without any uuid or address in common',
      [gpu({ minor: '5', bus: 'N/A' }), gpu({ minor: '3', uuid: '' })],
      [5, 3],
    ],
    ['an address alone', [gpu({ minor: '5', uuid: '' })], [5]],
    ['a uuid alone', [gpu({ minor: '5', bus: 'N/A' })], [5]],
    ['neither', [gpu({ minor: '5', bus: 'N/A', uuid: '' })], []],
    ['the highest index', [gpu({ minor: '65535' })], [65_535]],
    ['an index above that', [gpu({ minor: '65536' })], []],
  ])('%s', (_what, gpus, found) => {
    expect(indexes(log(9, ...gpus))).toEqual(found)
  })

  it('are no more than 256', () => {
    const many = Array.from({ length: 300 }, (_, at) => gpu({ minor: `${at}`, uuid: `GPU-${at}`, bus: 'N/A' }))
    expect(log(900, ...many).gpus).toHaveLength(256)
  })

  it('are none outside the log', () => {
    expect(readNvidiaXml(`<other>${gpu()}</other>`).gpus).toEqual([])
    expect(indexes(readNvidiaXml(`<other></other><nvidia_smi_log>${gpu({ minor: '4' })}</nvidia_smi_log>`))).toEqual([
      4,
    ])
  })

  it('take the address of their element where the leaf is missing', () => {
    const [only] = log(1, '<gpu id="00000000:21:00.0"><uuid>GPU-1</uuid></gpu>').gpus
    expect(only?.device.pciAddress).toEqual(known('0000:21:00.0'))
  })
})

describe('versions', () => {
  it.each([
    ['driver_version', '580.65.06', 'driverVersion'],
    ['kmd_version', '610.10', 'driverVersion'],
    ['cuda_version', '13.0', 'cudaVersion'],
    ['cuda_umd_version', '13.1', 'cudaVersion'],
  ] as const)('by <%s>', (leaf, version, key) => {
    expect(log(0, `<${leaf}>${version}</${leaf}>`)[key]).toEqual(known(version))
  })

  it('are by the first word that has a value, and say which word was looked for', () => {
    expect(log(0, '<driver_version>N/A</driver_version><kmd_version>610.10</kmd_version>').driverVersion).toEqual(
      known('610.10'),
    )
    expect(log(0, '<driver_version>N/A</driver_version>').driverVersion).toEqual(absent)
    expect(
      log(0, '<driver_version>N/A</driver_version><kmd_version>Unknown Error</kmd_version>').driverVersion,
    ).toEqual(unreadable('[Unknown Error]'))
    expect(log(0).driverVersion).toEqual(unreadable('nvidia-smi -q -x has no driver_version'))
  })
})

describe('a GPU by its XML alone', () => {
  it.each<[string, Partial<Accelerator>]>([
    ['<utilization><gpu_util>97 %</gpu_util></utilization>', { utilizationPercent: known(97) }],
    ['<temperature><gpu_temp>31 C</gpu_temp></temperature>', { temperatureCelsius: known(31) }],
    [
      '<fb_memory_usage><total>23034 MiB</total><used>12 MiB</used></fb_memory_usage>',
      { memoryTotalBytes: known(23034 * mib), memoryUsedBytes: known(12 * mib) },
    ],
    ['<power_readings><power_draw>70 W</power_draw></power_readings>', { powerWatts: known(70) }],
    [
      '<module_power_readings><power_draw>900 W</power_draw></module_power_readings>',
      { powerWatts: unreadable('nvidia-smi -q -x has no power_draw') },
    ],
    [
      '<gpu_power_readings><current_power_limit>350 W</current_power_limit></gpu_power_readings>',
      { powerLimitWatts: known(350) },
    ],
    [
      '<gpu_power_readings><gpu_ceiling_power_limit><current_power_limit>351 W</current_power_limit></gpu_ceiling_power_limit></gpu_power_readings>',
      { powerLimitWatts: known(351) },
    ],
    [
      '<power_readings><enforced_power_limit>352 W</enforced_power_limit></power_readings>',
      { powerLimitWatts: known(352) },
    ],
    ['<power_readings><power_limit>353 W</power_limit></power_readings>', { powerLimitWatts: known(353) }],
    [
      '<power_readings><power_limit>353 W</power_limit><enforced_power_limit>300 W</enforced_power_limit></power_readings>',
      { powerLimitWatts: known(300) },
    ],
  ])('reads %s', (inside, readings) => {
    expect(deviceOf(inside)).toMatchObject({ vendor: 'nvidia', kind: 'gpu', index: 0, chip: 0, ...readings })
  })

  it('is well where one value is known, and nobody knows how where none is', () => {
    expect(deviceOf('<temperature><gpu_temp>31 C</gpu_temp></temperature>').health).toEqual(known('ok'))
    const silent = deviceOf('<temperature><gpu_temp>N/A</gpu_temp></temperature>')
    expect(silent.health).toEqual(unreadable('no value of this device could be read'))
  })

  it.each([
    ['NVIDIA GB10', 'N/A', known(true)],
    ['NVIDIA GB10', '23034 MiB', undefined],
    ['NVIDIA L4', 'N/A', undefined],
  ])('%s with a memory of %s shares the memory of the host: %j', (product, total, shares) => {
    const memory = `<fb_memory_usage><total>${total}</total><used>N/A</used></fb_memory_usage>`
    expect(deviceOf(`<product_name>${product}</product_name>${memory}`).detail?.sharesHostMemory).toEqual(shares)
  })
})

describe('withGpu', () => {
  const queried: Accelerator = {
    ...deviceOf(''),
    memoryTotalBytes: absent,
    memoryUsedBytes: absent,
    utilizationPercent: absent,
    temperatureCelsius: known(40),
    powerWatts: unreadable('odd'),
    powerLimitWatts: absent,
    health: known('ok'),
  }
  const { detail: _detail, ...bare } = queried
  const told =
    '<fb_memory_usage><total>100 MiB</total><used>1 MiB</used></fb_memory_usage><utilization><gpu_util>97 %</gpu_util></utilization>' +
    '<temperature><gpu_temp>31 C</gpu_temp></temperature><power_readings><power_draw>70 W</power_draw></power_readings>'

  it('adds what the query left out, and changes nothing that it said', () => {
    expect(withGpu(bare, log(1, gpu({ inside: told })), 'why')).toMatchObject({
      memoryTotalBytes: known(100 * mib),
      memoryUsedBytes: known(1 * mib),
      utilizationPercent: known(97),
      temperatureCelsius: known(40),
      powerWatts: unreadable('odd'),
      powerLimitWatts: absent,
      detail: { node: known('/dev/nvidia0') },
    })
  })

  it.each([
    ['by uuid where the query has no address', { pciAddress: absent }, '/dev/nvidia0'],
    ['not by uuid where the addresses differ', { pciAddress: known('0000:99:00.0') }, undefined],
    ['not where neither is known', { pciAddress: absent, uuid: unreadable('odd') }, undefined],
    ['by address where the uuids differ', { uuid: known('GPU-9') }, '/dev/nvidia0'],
  ])('finds the GPU %s', (_what, ids, node) => {
    const { detail } = withGpu({ ...bare, ...ids }, log(1, gpu({ inside: told })), 'it is not named')
    expect(detail?.node).toEqual(node === undefined ? unreadable('it is not named') : known(node))
  })
})
