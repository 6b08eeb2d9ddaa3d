// What the recorded cases cannot say: how the two answers of nvidia-smi stand in for each other, and what of a broken XML
// is still read.
import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Accelerator, AcceleratorReport } from '../../../../../shared/domain/accelerator.ts'
import { nvidia } from '../../../../../shared/facts/accelerators/nvidia.ts'
import { readXml } from '../../../../../shared/facts/accelerators/nvidia-xml.ts'
import { reportOf } from '../../../../../shared/facts/accelerators/report.ts'
import type { ProbeAnswer } from '../../../../../shared/facts/probe.ts'
import { answer, compact } from '../recorded.ts'

const columns =
  'index, name, uuid, pci.bus_id, driver_version, memory.total [MiB], memory.used [MiB], utilization.gpu [%], temperature.gpu, power.draw [W], power.limit [W]'
const row = '0, NVIDIA L4, GPU-1, 00000000:21:00.0, 580.65.06, 23034, 1, 0, 31, [N/A], 72.00'

function report(...answers: readonly ProbeAnswer[]): Record<string, unknown> {
  const none = ['nvidia-driver', 'nvidia-toolkit', 'nvidia-xid', 'pci'].map((id) =>
    answer(id, '', { state: 'missing' }),
  )
  const whole: AcceleratorReport = reportOf(nvidia, new Map([...none, ...answers].map((one) => [one.id, one])))
  return compact(whole) as Record<string, unknown>
}

function gpu(inside: string, bus = '00000000:21:00.0'): string {
  return `<gpu id="${bus}"><product_name>NVIDIA L4</product_name><uuid>GPU-1</uuid><minor_number>4</minor_number>
<fb_memory_usage><total>23034 MiB</total><used>1 MiB</used></fb_memory_usage>${inside}</gpu>`
}
const log = (count: number, ...gpus: readonly string[]) =>
  `<nvidia_smi_log><driver_version>580.65.06</driver_version><attached_gpus>${count}</attached_gpus>${gpus.join('')}</nvidia_smi_log>`
const xml = (text: string, rest: Partial<ProbeAnswer> = {}) => answer('nvidia-smi-xml', text, rest)
const devicesOf = (...answers: readonly ProbeAnswer[]) => report(...answers)['devices'] as Record<string, unknown>[]

describe('the XML of nvidia-smi', () => {
  it('stands in for a query that gave no row, which is still told', () => {
    const late = answer('nvidia-smi', '', { state: 'timed-out' })
    const found = report(late, xml(log(1, gpu('<temperature><gpu_temp>31 C</gpu_temp></temperature>'))))
    expect(found).toMatchObject({
      driverVersion: '580.65.06',
      notes: ['nvidia-smi: it did not answer in time'],
      devices: [
        { index: 0, product: 'NVIDIA L4', memoryTotalBytes: 23034 * 1024 ** 2, temperatureCelsius: 31, health: 'ok' },
      ],
    })
  })

  it('gives the minor number for an index where GPUs are missing from its list', () => {
    const late = answer('nvidia-smi', '', { state: 'timed-out' })
    expect(devicesOf(late, xml(log(4, gpu(''))))).toMatchObject([{ index: 4 }])
    const unnamed = log(4, gpu('').replace('<minor_number>4<', '<minor_number>N/A<'))
    expect(report(late, xml(unnamed))['devices']).toBe('(unreadable) nvidia-smi: it did not answer in time')
  })

  it.each([
    ['power_draw', '<power_draw>70 W</power_draw><instant_power_draw>71 W</instant_power_draw>', 70],
    ['the instant one', '<power_draw>N/A</power_draw><instant_power_draw>71 W</instant_power_draw>', 71],
    ['the average', '<average_power_draw>69.5 W</average_power_draw>', 69.5],
    ['nothing', '<power_draw>N/A</power_draw>', '(absent)'],
  ])('gives the power that the query does not: %s', (_what, power, watts) => {
    const module = '<module_power_readings><power_draw>900 W</power_draw></module_power_readings>'
    const inside = `${module}<gpu_power_readings>${power}</gpu_power_readings>`
    const query = answer('nvidia-smi', `${columns}\n${row}\n`)
    expect(devicesOf(query, xml(log(1, gpu(inside))))).toMatchObject([{ powerWatts: watts, powerLimitWatts: 72 }])
  })

  it.each([
    ['in the middle of a leaf', '<vbios_version>95.04', 'unreadable'],
    ['before its GPU ends', '<vbios_version>95.04.29.00.06</vbios_version>', 'unreadable'],
  ])('has no detail of a GPU where it breaks off %s, and the device stays', (_where, end, state) => {
    const cut = log(1, gpu(end)).split('</gpu>')[0] ?? ''
    const [device] = devicesOf(answer('nvidia-smi', `${columns}\n${row}\n`), xml(cut))
    expect(device).toMatchObject({ index: 0, health: 'ok' })
    expect(JSON.stringify(device?.['detail'])).toContain(`"firmware":"(${state})`)
  })

  it('reads the GPUs before the place where it was too long for an answer', () => {
    const query = answer(
      'nvidia-smi',
      `${columns}\n${row}\n${row.replace('0,', '1,').replace('GPU-1', 'GPU-2').replace(':21:', ':22:')}\n`,
    )
    const first = gpu('<vbios_version>95.04.29.00.06</vbios_version>')
    const long = xml(`<nvidia_smi_log>${first}<gpu id="00000000:22:00.0"><uuid>GPU-2</uuid>`, {
      damage: 'the answer is too long: 600000 bytes',
    })
    expect(devicesOf(query, long)).toMatchObject([
      { detail: { firmware: '95.04.29.00.06' } },
      { detail: { firmware: '(unreadable) nvidia-smi -q -x: the answer is too long: 600000 bytes' } },
    ])
  })

  it('makes no host of a partitioned GPU whose memory a container may not see', () => {
    const query = answer('nvidia-smi', `${columns}\n${row.replace('23034, 1', '[N/A], [N/A]')}\n`)
    const [device] = devicesOf(query) as unknown as Accelerator[]
    expect(device).toMatchObject({ memoryTotalBytes: '(absent)' })
    expect(device?.detail?.sharesHostMemory).toBeUndefined()
  })
})

describe('the CSV of nvidia-smi', () => {
  const oneGpu = 'name, memory.total [MiB], memory.used [MiB], driver_version'

  it('without an index is read where there is one GPU alone', () => {
    const one = answer('nvidia-smi', `${oneGpu}\nNVIDIA L4, 23034 MiB, 1 MiB, 580.65.06\n`)
    expect(devicesOf(one)).toMatchObject([
      { index: 0, product: 'NVIDIA L4', uuid: expect.stringContaining('unreadable') },
    ])
    const two = answer(
      'nvidia-smi',
      `${oneGpu}\nNVIDIA L4, 23034 MiB, 1 MiB, 580.65.06\nNVIDIA L4, 23034 MiB, 1 MiB, 580.65.06\n`,
    )
    expect(report(two)['devices']).toMatch(/^\(unreadable\)/)
    // What is left of the word in a broken header is no other field, and the row's own index stands there.
    const broken = `ndex, ${oneGpu}\n9, NVIDIA L4, 23034 MiB, 1 MiB, 580.65.06\n`
    expect(report(answer('nvidia-smi', broken))['devices']).toMatch(/^\(unreadable\)/)
  })
})

describe('readXml', () => {
  const names = (text: string) =>
    JSON.stringify(readXml(text).children, (key, value) => (key === 'whole' ? undefined : value))

  it('passes over declarations, comments and entities of its own making', () => {
    const text =
      '<?xml version="1.0"?><!DOCTYPE a SYSTEM "x.dtd" [<!ENTITY b "<c/>">]><!-- <d> --><a>&b; &lt;1 &amp; 2</a>'
    expect(names(text)).toBe('[{"name":"a","id":"","text":"&b; <1 & 2","children":[]}]')
  })

  it('keeps what is whole of a tree in which an end is missing', () => {
    const [a] = readXml('<a><b>1<c>2</c></a></z>').children
    expect(a).toMatchObject({
      whole: true,
      children: [{ name: 'b', whole: false, children: [{ name: 'c', text: '2' }] }],
    })
  })

  it('stays with a tree of any depth', () => {
    const text = `${'<a>'.repeat(30_000)}1${'</a>'.repeat(30_000)}<b>2</b>`
    expect(readXml(text).children.map(({ name, whole }) => [name, whole])).toEqual([
      ['a', true],
      ['b', true],
    ])
  })
})

describe('nvidia-smi', () => {
  const asks = [...nvidia.probes, nvidia.sampleProbe].filter((probe) => probe.tool === true)
  const isAsked = (vendors: string, when = '') => {
    const words = `has() { :; }; pci() { case " ${vendors} " in *" $1 "*) ;; *) return 1 ;; esac; }; ${when}`
    return spawnSync('sh', ['-c', words], { stdio: 'ignore' }).status === 0
  }

  it.each(asks.map((probe) => [probe.id, probe.when] as const))(
    'is not asked where it is the one that comes with cards of T-Head (%s)',
    (_id, when) => {
      expect([isAsked('1ded', when), isAsked('10de', when), isAsked('1ded 10de', when), isAsked('', when)]).toEqual([
        ...[false, true, true, true],
      ])
    },
  )
})
