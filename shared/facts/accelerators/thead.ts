// T-Head (Alibaba) PPUs by the table of ppu-smi, which has been seen whole; its CSV query fails as a whole where one
// field is spelled differently, and `-L` brings what the table lacks: UUIDs and MIG instances. accelerators.md section 9.
import { type Accelerator, type AcceleratorDetail, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { type Answers, answerText, type Probe, silence, toolProbe } from '../probe.ts'
import { readSmiTable, type SmiTable } from './smi-table.ts'
import { devicesBy, sampleBy, versionBy } from './tool-answer.ts'
import { celsiusCell, checkedMemory, memoryCell, pciAddressCell, percentCell, textCell, wattCell } from './values.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const maker = { vendor: 'thead', kind: 'ppu' } as const

const tableProbe = toolProbe('ppu-smi', command('ppu-smi'), 15)
const listProbe = toolProbe('ppu-smi-list', command('ppu-smi', '-L'), 15)
const probes: readonly Probe[] = [tableProbe, listProbe]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answers.get(tableProbe.id)
  const text = silence(answer) === undefined ? (answer?.stdout ?? '') : ''
  const list = answerText(answers, listProbe.id)
  const listed = list.state === 'known' ? readPpuList(list.value) : new Map<number, Listed>()
  const toolkit = /HGGC Version\s{0,10}:\s{0,20}(\d[\w.]{0,40})/i.exec(text.slice(0, 20_000))?.[1]
  const table = (stdout: string) => {
    const { devices, notes } = readPpus(stdout)
    return { devices: devices.map((device) => withListed(device, listed.get(device.index))), notes }
  }
  return {
    driverVersion: versionBy(answer, 'ppu-smi', (stdout) => readPpus(stdout).driverVersion),
    ...(toolkit === undefined ? {} : { toolkit: known(`HGGC ${toolkit}`) }),
    ...devicesBy(answer, { tool: 'ppu-smi', onBus, table }),
  }
}

/** By the nodes themselves; the number in a node's name is the device's plus one. */
function container(_devices: readonly Accelerator[], nodes: readonly string[]): ContainerAccess {
  return { ...noAccess, devices: [...nodes, '/dev/alixpu', '/dev/alixpu_ctl'] }
}

export const thead: VendorReader = {
  ...maker,
  bus: {
    vendorIds: ['1ded'],
    // The eRDMA network cards carry the same vendor id.
    isDevice: ({ deviceId, deviceClass }) =>
      /^(?:030|038|120)/.test(deviceClass) && !['107f', '5007'].includes(deviceId),
    products: {},
  },
  nodeGlobs: ['/dev/alixpu_ppu[0-9]*'],
  brings: { driver: 'PPU_SDK (alixpu driver)', tool: 'PPU_SDK (ppu-smi)' },
  probes,
  read,
  container,
  sampleProbe: tableProbe,
  readSample: (answer) => sampleBy(answer, 'ppu-smi', readPpus),
}

/** Total: the table, the list, or the CSV query with its header. */
function readPpus(text: string): SmiTable {
  const table = readSmiTable(text, maker)
  if (table.devices.length > 0) return table
  const rows = readPpuCsv(text)
  const devices = rows.length > 0 ? rows : [...readPpuList(text)].map(([index, one]) => listedDevice(index, one))
  // A row of the query may hold the words of an error.
  return { ...table, devices, notes: table.notes.filter((note) => note.split(',').length < 4) }
}

type Listed = { readonly name: string; readonly uuid: string; readonly partitions: Partitions }
type Partitions = Extract<AcceleratorDetail['partitions'], { state: 'known' }>['value']

/** `PPU 0: PPU (UUID: GPU-...)` and, indented below it, `MIG g1.c1.i1, Device 0 (UUID: MIG-...)`. */
function readPpuList(text: string): Map<number, Listed> {
  const listed = new Map<number, Listed>()
  let last: number | undefined
  for (const line of boundedLines(text)) {
    const match = /^\s{0,20}(?:PPU|GPU) (\d{1,5}): (.{1,80}?) \(UUID: ([\w-]{8,80})\)\s{0,20}$/.exec(line)
    const index = wholeNumber(match?.[1])
    if (match !== null && index !== undefined) {
      last = listed.has(index) ? undefined : index
      if (last !== undefined) listed.set(index, { name: match[2] ?? '', uuid: match[3] ?? '', partitions: [] })
      continue
    }
    const part = /^\s{1,20}MIG (.{1,60}?),? {1,4}Device {1,4}(\d{1,4}) {0,2}\(UUID: ([\w-]{8,80})\)\s{0,20}$/.exec(line)
    const own = last === undefined ? undefined : listed.get(last)
    if (part === null || last === undefined || own === undefined || own.partitions.length >= 64) continue
    const unsaid = unreadable('the list does not say')
    const one = { id: part[3] ?? '', name: part[1] ?? '', memoryTotalBytes: unsaid, memoryUsedBytes: unsaid }
    listed.set(last, { ...own, partitions: [...own.partitions, one] })
  }
  return listed
}

function withListed(device: Accelerator, listed: Listed | undefined): Accelerator {
  if (listed === undefined) return device
  const partitions = listed.partitions.length > 0 ? { partitions: known([...listed.partitions]) } : {}
  return { ...device, uuid: known(listed.uuid), detail: { ...device.detail, ...partitions } }
}

function listedDevice(index: number, listed: Listed): Accelerator {
  return withListed(deviceOf(index, new Map([['name', { text: listed.name, unit: '' }]])), listed)
}

type Cells = ReadonlyMap<string, { readonly text: string; readonly unit: string }>

/** `--query-ppu=... --format=csv`; "ppu_", "gpu_" and "pci." before a field's name and ".ppu" behind it differ by version. */
function readPpuCsv(text: string): Accelerator[] {
  const lines = boundedLines(text)
  const at = lines.findIndex((line) => /(?:^|,)\s{0,4}index\s{0,4}(?:,|$)/.test(line))
  if (at < 0) return []
  const header = (lines[at] ?? '').split(',', 64).map((cell) => /^\s*([\w.]{1,60})(?:\s*\[(.{1,8})\])?\s*$/.exec(cell))
  const devices = new Map<number, Accelerator>()
  for (const line of lines.slice(at + 1, at + 257)) {
    const cells = line.split(',', 65)
    if (cells.length !== header.length) continue
    const named: Cells = new Map(
      header.map((match, column) => [
        (match?.[1] ?? '').replace(/^(?:pci\.|[gp]pu_)/, '').replace(/\.[gp]pu$/, ''),
        { text: (cells[column] ?? '').trim(), unit: match?.[2] ?? '' },
      ]),
    )
    const index = wholeNumber(named.get('index')?.text)
    if (index !== undefined && index < 65_536 && !devices.has(index)) devices.set(index, deviceOf(index, named))
  }
  return [...devices.values()]
}

function deviceOf(index: number, cells: Cells): Accelerator {
  const text = (name: string) => cells.get(name)?.text
  const memory = (name: string) => memoryCell(text(name), cells.get(name)?.unit ?? '')
  return {
    ...maker,
    index,
    chip: 0,
    product: textCell(text('name')),
    uuid: textCell(text('uuid')),
    pciAddress: pciAddressCell(text('bus_id')),
    ...checkedMemory(memory('memory.total'), memory('memory.used')),
    utilizationPercent: percentCell(text('utilization')),
    temperatureCelsius: celsiusCell(text('temperature')),
    powerWatts: wattCell(text('power.draw')),
    powerLimitWatts: wattCell(text('power.limit')),
    health: absent,
  }
}
