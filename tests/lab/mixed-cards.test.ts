// One appliance with the cards of four vendors: all are read in one detection, and a tool that breaks, lies or sleeps in
// the kernel for ever takes nothing from the others.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AcceleratorReport } from '../../shared/domain/accelerator.ts'
import type { Examination } from '../../shared/domain/finding.ts'
import { bareAppliance, canRunLab, inside, type LabAppliance, lab, labNeeds, TestConsole } from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { today } from '../support/today.ts'

const gib = 1024 ** 3
const known = (value: unknown) => ({ state: 'known', value })
const ok = known('ok')

/** Vendor -> places (card.chip), memory of each, and what its tool says of their health: hy-smi's JSON has no word. */
const cards = {
  nvidia: { places: ['0.0', '1.0'], bytes: (97871 / 1024) * gib, health: ok },
  ascend: { places: ['1.0', '1.1', '32.0', '32.1'], bytes: (44280 / 1024) * gib, health: ok },
  hygon: { places: ['0.0', '1.0'], bytes: (65520 / 1024) * gib, health: { state: 'absent' } },
  cambricon: { places: ['0.0', '1.0'], bytes: (20638 / 1024) * gib, health: ok },
} as const
type Named = keyof typeof cards
const vendors = Object.keys(cards) as Named[]

type Reports = ReadonlyMap<string, AcceleratorReport>

describe('an appliance with the cards of four vendors', () => {
  const console = new TestConsole()
  let appliance: LabAppliance

  beforeAll(async () => {
    if (canRunLab) appliance = await bareAppliance('mixed-four-vendors')
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterEach(async () => {
    if (canRunLab) await lab('fault', appliance.name, 'tools', 'undo')
  })
  afterAll(() => console.remove())

  async function detected(): Promise<Reports> {
    const { code, json, errors } = await console.run('detect', appliance)
    expect(code, errors).toBe(0)
    return new Map((json['accelerators'] as AcceleratorReport[]).map((report) => [report.vendor, report]))
  }

  /** What the doctor found, each with its evidence. */
  async function found(): Promise<ReadonlyMap<string, string>> {
    const { json, errors } = await console.run('doctor', appliance)
    const { findings } = json as Partial<Examination>
    if (findings === undefined) throw new Error(`the doctor said nothing: ${errors}`)
    return new Map(findings.map((finding) => [String(finding.rule), finding.evidence.join('\n')]))
  }

  /** The processes of a stand-in, and what the kernel says they do. */
  async function processesOf(tool: string): Promise<string[]> {
    const lines = await inside(appliance, 'ps', '-eo', 'pid=,stat=,args=')
    return lines.split('\n').filter((line) => line.includes('python3') && line.includes(tool))
  }

  function expectRead(reports: Reports, which: readonly Named[]): void {
    for (const vendor of which) {
      const { places, bytes, health } = cards[vendor]
      const devices = reports.get(vendor)?.devices
      if (devices?.state !== 'known') throw new Error(`${vendor} was not read: ${JSON.stringify(devices)}`)
      expect(devices.value.map(({ index, chip }) => `${index}.${chip}`)).toEqual(places)
      for (const device of devices.value) expect(device).toMatchObject({ memoryTotalBytes: known(bytes), health })
    }
  }

  it('names all ten devices with their memory in one detection, and nothing else', async () => {
    const reports = await detected()
    expectRead(reports, vendors)
    const others = [...reports.values()].filter(({ vendor }) => !vendors.some((one) => one === vendor))
    for (const { devices } of others) expect(devices.state).not.toBe('known')
    expect([...(await found()).keys()].filter((rule) => /^(?:tool|device|nvml|dcmi)/.test(rule))).toEqual([])
  })

  today(1, 3)('tells four different faults apart in one look', async () => {
    const faults = { 'nvidia-smi': 'mismatch', 'npu-smi': 'mismatch', 'hy-smi': 'garbage', cnmon: 'lost' }
    for (const [tool, fault] of Object.entries(faults)) await lab('fault', appliance.name, 'tools', fault, tool)
    const reports = await detected()
    const why = (text: string) => ({ state: 'unreadable', why: expect.stringContaining(text) })
    expect(reports.get('nvidia')?.devices).toEqual(why('Driver/library version mismatch'))
    expect(reports.get('ascend')?.devices).toEqual(why('ret is -8005'))
    expect(reports.get('hygon')?.devices).toEqual(why('N/A , , 0x'))
    expect(reports.get('cambricon')).toMatchObject({
      devices: { state: 'known', value: [{ index: 0 }] },
      notes: ['Failed to get the information of card 1'],
    })
    const findings = await found()
    expect(findings.get('nvml-mismatch')).toContain('nvidia: ')
    expect(findings.get('dcmi-no-access')).toContain('ascend: ')
  })

  today(2, 3)('names a GPU that was lost while the others and those of other vendors are read', async () => {
    await lab('fault', appliance.name, 'tools', 'lost', 'nvidia-smi')
    const reports = await detected()
    expectRead(reports, ['ascend', 'hygon', 'cambricon'])
    expect(reports.get('nvidia')?.devices).toMatchObject({ state: 'known', value: [{ index: 0 }] })
    expect((await found()).get('device-lost')).toContain('GPU1: 0000:26:00.0')
  })

  today(3, 3)('reads the others in time while one tool sleeps in the kernel, and starts no second one', async () => {
    await lab('fault', appliance.name, 'tools', 'stuck', 'hy-smi')
    const start = performance.now()
    const first = await detected()
    // Its probe's own deadline is 15 seconds, and SIGKILL two seconds later ends nothing.
    expect(performance.now() - start).toBeLessThan(25_000)
    expectRead(first, ['nvidia', 'ascend', 'cambricon'])
    expect(first.get('hygon')?.devices).toMatchObject({ state: 'unreadable' })

    const stuck = await processesOf('hy-smi')
    expect(stuck).toHaveLength(1)
    expect(stuck[0]).toMatch(/^\s*\d+\s+D/)
    const pid = stuck[0]?.trim().split(/\s/, 1)[0] ?? ''
    await inside(appliance, 'kill', '-KILL', pid)

    const again = performance.now()
    const second = await detected()
    expect(performance.now() - again).toBeLessThan(12_000)
    expectRead(second, ['nvidia', 'ascend', 'cambricon'])
    expect(second.get('hygon')?.devices).toEqual({
      state: 'unreadable',
      why: expect.stringContaining('has hung since'),
    })
    expect((await found()).get('tool-hung')).toContain('hygon: ')
    expect(await processesOf('hy-smi')).toEqual(stuck)

    await lab('fault', appliance.name, 'tools', 'undo')
    await expect.poll(() => processesOf('hy-smi'), { timeout: 10_000 }).toEqual([])
    expect(await inside(appliance, 'cat', '/proc/mounts')).not.toContain('rackside-lab-stuck')
    expectRead(await detected(), vendors)
  })
})
