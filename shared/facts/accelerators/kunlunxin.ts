// Kunlunxin (Baidu) XPUs by the two tables that xpu_smi has printed so far. Newer drivers call it xpu-smi, which is
// also the name of Intel's tool: it is asked only where a Kunlunxin card is on the bus. accelerators.md section 8.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { type Answers, type Probe, silence } from '../probe.ts'
import { cellsOf } from './bar-table.ts'
import { memoryPair, readSmiTable, type SmiTable } from './smi-table.ts'
import { devicesBy, sampleBy, versionBy } from './tool-answer.ts'
import { celsiusCell, pciAddressCell, percentCell, textCell, wattCell } from './values.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const maker = { vendor: 'kunlunxin', kind: 'xpu' } as const

const tableProbe: Probe = {
  id: 'kunlunxin-xpu-smi',
  when: 'pci 1d22',
  shell: `PATH=$PATH:/usr/local/xpu/bin
command -v xpu_smi >/dev/null 2>&1 && exec xpu_smi
command -v xpu-smi >/dev/null 2>&1 || exit 127
exec xpu-smi`,
  deadlineSeconds: 15,
  tool: true,
}

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answers.get(tableProbe.id)
  const text = silence(answer) === undefined ? (answer?.stdout ?? '') : ''
  const runtime = /(?:XPU-RT|Runtime) Version\s{0,10}:\s{0,20}(\d[\w.]{0,40})/i.exec(text.slice(0, 20_000))?.[1]
  return {
    driverVersion: versionBy(answer, 'xpu-smi', (stdout) => readKunlunxin(stdout).driverVersion),
    ...(runtime === undefined ? {} : { toolkit: known(`XPU-RT ${runtime}`) }),
    ...devicesBy(answer, { tool: 'xpu-smi', onBus, table: readKunlunxin }),
  }
}

/** By the vendor's container guide. */
function container(_devices: readonly Accelerator[], nodes: readonly string[]): ContainerAccess {
  return { ...noAccess, devices: [...nodes, '/dev/xpuctrl'] }
}

export const kunlunxin: VendorReader = {
  ...maker,
  bus: {
    vendorIds: ['1d22'],
    // The first cards call themselves communication controllers (class 0780): by exact id.
    isDevice: ({ deviceId, deviceClass }) =>
      /^(?:030|038|120)/.test(deviceClass) || ['3684', '3685'].includes(deviceId),
    products: { Kunlun: '3684', 'Kunlun 2 (virtual function)': '3685' },
  },
  nodeGlobs: ['/dev/xpu[0-9]*'],
  brings: { driver: 'xre-*.run (kunlun)', tool: 'xre-*.run (xpu_smi)' },
  probes: [tableProbe],
  read,
  container,
  sampleProbe: tableProbe,
  readSample: (answer) => sampleBy(answer, 'xpu-smi', readKunlunxin),
}

/** Total. Drivers 4 (a DEVICES block) and 5 (the table of nvidia-smi's shape). */
function readKunlunxin(text: string): SmiTable {
  const old = readDevicesBlock(text)
  return old.devices.length > 0 || old.notes.length > 0 ? old : readSmiTable(text, maker)
}

/** Columns by the names of their header; the blocks of the same output without addresses are none of devices. */
function readDevicesBlock(text: string): SmiTable {
  const devices: Accelerator[] = []
  const notes: string[] = []
  let header: readonly string[] = []
  for (const line of boundedLines(text)) {
    const cells = cellsOf(line)
    const names = cells.map((cell) => cell.toLowerCase())
    if (names.includes('devid')) header = names.includes('pci addr') ? names : []
    else if (cells.length > 0 && header.length > 0 && devices.length < 256) {
      const device =
        cells.length === header.length
          ? deviceOf(new Map(header.map((name, at) => [name, cells[at] ?? ''])))
          : undefined
      if (device === undefined || devices.some((one) => one.index === device.index)) notes.push(line)
      else devices.push(device)
    }
  }
  const version = /^Driver Version\s{0,10}:\s{0,20}(\S{1,60})/im.exec(text.slice(0, 20_000))?.[1]
  return {
    devices,
    driverVersion: version === undefined ? unreadable('the tool printed no driver version') : textCell(version),
    notes: notes.slice(0, 8).map((note) => evidence(note, 250)),
  }
}

function deviceOf(cells: ReadonlyMap<string, string>): Accelerator | undefined {
  const index = wholeNumber(cells.get('devid'))
  if (index === undefined || index > 65_535) return undefined
  const named = (pattern: RegExp) => [...cells].find(([name]) => pattern.test(name))?.[1]
  const node = cells.get('inode') ?? ''
  const serial = textCell(cells.get('sn'))
  return {
    ...maker,
    index,
    chip: 0,
    product: textCell(cells.get('model')),
    uuid: absent,
    pciAddress: pciAddressCell(cells.get('pci addr')),
    ...memoryPair(cells.get('memory') ?? ''),
    utilizationPercent: percentCell(cells.get('userate')),
    temperatureCelsius: celsiusCell(named(/^temp/)),
    powerWatts: wattCell(named(/^power/)),
    powerLimitWatts: absent,
    health: absent,
    detail: {
      ...(serial.state === 'known' ? { serial } : {}),
      ...(/^\/dev\/\w{1,30}$/.test(node) ? { node: known(node) } : {}),
    },
  }
}
