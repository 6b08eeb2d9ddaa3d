// The stand-in tools of an appliance with the cards of four vendors, by the product's own readers: what they print is
// what the readers take for real.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, type TestContext, test } from 'vitest'
import type { StandInTool } from '../../../../scripts/lab/stand-ins/accelerator-kinds.ts'
import { pretendedHardware } from '../../../../scripts/lab/stand-ins/hardware.ts'
import { nodeScript } from '../../../../scripts/lab/stand-ins/install.ts'
import type { AcceleratorReport } from '../../../../shared/domain/accelerator.ts'
import { ascend } from '../../../../shared/facts/accelerators/ascend.ts'
import { cambricon } from '../../../../shared/facts/accelerators/cambricon.ts'
import { hygon } from '../../../../shared/facts/accelerators/hygon.ts'
import { nvidia } from '../../../../shared/facts/accelerators/nvidia.ts'
import { reportOf } from '../../../../shared/facts/accelerators/report.ts'
import type { VendorReader } from '../../../../shared/facts/accelerators/vendor.ts'
import { frameText, readFrames } from '../../../../shared/facts/frames.ts'
import { standInSays } from '../../../support/stand-in.ts'

const kind = 'mixed-four-vendors'
const mib = 1024 * 1024
const nonce = '00000000000000000000000000000000'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rackside-mixed-'))
})
afterEach(() => rm(folder, { recursive: true }))

type Calls = Readonly<Record<string, readonly string[]>>
type Faults = Readonly<Record<string, string>>
type Asked = { readonly reader: VendorReader; readonly tool: StandInTool; readonly calls: Calls }

const cnmon: Asked = { reader: cambricon, tool: 'cnmon', calls: { cnmon: [], 'cnmon-info': ['info'] } }
const npuSmi: Asked = { reader: ascend, tool: 'npu-smi', calls: { 'npu-smi': ['info'] } }
const facts =
  '--showuse --showmeminfo vram --showtemp --showpower --showproductname --showbus --showserial --showuniqueid'
const hySmi: Asked = { reader: hygon, tool: 'hy-smi', calls: { 'hy-smi': [...facts.split(' '), '--json'] } }

/** The report of a vendor whose probes get what the stand-in says to their calls. */
async function reported(context: TestContext, { reader, tool, calls }: Asked, faults: Faults = {}) {
  let frames = ''
  for (const [id, words] of Object.entries(calls)) {
    const { stdout, stderr, status } = await standInSays(context, folder, { kind, tool, words, faults })
    frames += frameText(nonce, id, stdout, status ?? 1, stderr)
  }
  return reportOf(reader, readFrames(`${frames}\n${nonce} done\n`, nonce))
}

function devicesOf({ devices }: AcceleratorReport) {
  return devices.state === 'known' ? devices.value : []
}

const known = (value: unknown) => ({ state: 'known', value })

test('npu-smi shows two chips without HBM and without power on each of two 300I Duo', async (context) => {
  const report = await reported(context, npuSmi)
  const devices = devicesOf(report)
  expect(devices.map(({ index, chip }) => [index, chip])).toEqual([
    [1, 0],
    [1, 1],
    [32, 0],
    [32, 1],
  ])
  for (const device of devices)
    expect(device).toMatchObject({
      product: known('310P3'),
      memoryTotalBytes: known(44280 * mib),
      utilizationPercent: { state: 'known' },
      temperatureCelsius: { state: 'known' },
      powerWatts: { state: 'absent' },
      health: known('ok'),
      detail: { processes: known([]) },
    })
  expect(devices.map(({ pciAddress }) => pciAddress)).toEqual(
    ['01', '01', '02', '02'].map((bus) => known(`0000:${bus}:00.0`)),
  )
})

test('npu-smi info -m counts the chips of all cards on, and a controller behind those of each', async (context) => {
  const words = ['info', '-m']
  const { stdout } = await standInSays(context, folder, { kind, tool: 'npu-smi', words })
  const rows = stdout.trim().split('\n').slice(1)
  expect(rows.map((row) => row.trim().split(/\s{2,}/))).toEqual([
    ['1', '0', '0', 'Ascend 310P3'],
    ['1', '1', '1', 'Ascend 310P3'],
    ['1', '2', '-', 'Mcu'],
    ['32', '0', '2', 'Ascend 310P3'],
    ['32', '1', '3', 'Ascend 310P3'],
    ['32', '2', '-', 'Mcu'],
  ])
})

test('hy-smi shows two DCUs with serials in JSON that lacks commas', async (context) => {
  const devices = devicesOf(await reported(context, hySmi))
  expect(devices.map(({ index }) => index)).toEqual([0, 1])
  for (const device of devices)
    expect(device).toMatchObject({
      product: known('BW1000'),
      uuid: { state: 'known' },
      memoryTotalBytes: known(65520 * mib),
      memoryUsedBytes: { state: 'known' },
      utilizationPercent: { state: 'known' },
      temperatureCelsius: { state: 'known' },
      powerWatts: { state: 'known' },
      detail: { serial: { state: 'known' } },
    })
  const words = ['--showpower', '--json']
  const { stdout } = await standInSays(context, folder, { kind, tool: 'hy-smi', words })
  expect(() => JSON.parse(stdout)).toThrow(SyntaxError)
})

test('hy-smi without a question draws its table, and refuses one it does not know', async (context) => {
  const table = devicesOf(await reported(context, { ...hySmi, calls: { 'hy-smi': [] } }))
  expect(table).toHaveLength(2)
  expect(table[0]).toMatchObject({ powerLimitWatts: known(800), health: known('ok') })
  const { status } = await standInSays(context, folder, { kind, tool: 'hy-smi', words: ['--showcolour'] })
  expect(status).toBe(2)
})

test('cnmon shows two MLUs with driver, firmware, health and no process', async (context) => {
  const report = await reported(context, cnmon)
  expect(report.driverVersion).toEqual(known('5.10.22'))
  const devices = devicesOf(report)
  expect(devices.map(({ index }) => index)).toEqual([0, 1])
  for (const device of devices)
    expect(device).toMatchObject({
      product: known('MLU370-X8'),
      uuid: { state: 'known' },
      memoryTotalBytes: known(20638 * mib),
      utilizationPercent: { state: 'known' },
      powerLimitWatts: known(250),
      health: known('ok'),
      detail: { firmware: known('1.1.6'), processes: known([]) },
    })
})

test('the frame of cnmon is 80 columns wide on every line', async (context) => {
  const { stdout } = await standInSays(context, folder, { kind, tool: 'cnmon', words: [] })
  const framed = stdout.split('\n').filter((line) => /^[|+]/.test(line))
  expect(new Set(framed.map((line) => line.length))).toEqual(new Set([80]))
})

test('a fault of one tool leaves the other tools well, and counts more than one of all', async (context) => {
  const faults = { 'tool-fault': 'lost', 'tool-fault.npu-smi': 'mismatch' }
  const broken = await reported(context, npuSmi, faults)
  expect(broken.devices).toMatchObject({ state: 'unreadable', why: expect.stringContaining('-8005') })
  expect(devicesOf(await reported(context, hySmi, faults)).map(({ index }) => index)).toEqual([0])
  const lost = await reported(context, { ...cnmon, calls: { cnmon: [] } }, faults)
  expect(devicesOf(lost).map(({ index }) => index)).toEqual([0])
  expect(lost.notes).toEqual(['Failed to get the information of card 1'])
})

test.for([
  { asked: hySmi, why: /Driver not initialized/ },
  { asked: cnmon, why: /versions do not match/ },
])('a driver that does not fit $asked.tool is told in its own words', async ({ asked, why }, context) => {
  const { devices } = await reported(context, asked, { [`tool-fault.${asked.tool}`]: 'mismatch' })
  expect(devices).toMatchObject({ state: 'unreadable', why: expect.stringMatching(why) })
})

test('every card has its node, those in folders too, and no two vendors share one', () => {
  const names = /^for name in (.+); do$/m.exec(nodeScript(pretendedHardware(kind, 'rackside-lab-1')))?.[1]?.split(' ')
  expect(new Set(names).size).toBe(names?.length)
  expect(names).toEqual(
    expect.arrayContaining(['nvidia1', 'davinci3', 'kfd', 'dri/card1', 'dri/renderD129', 'cambricon_dev1']),
  )
})

test('nvidia-smi speaks for two of the cards only', async (context) => {
  const words = ['--query-gpu=index,name,memory.total', '--format=csv,nounits']
  const report = await reported(context, { reader: nvidia, tool: 'nvidia-smi', calls: { 'nvidia-smi': words } })
  expect(devicesOf(report).map(({ index }) => index)).toEqual([0, 1])
})
