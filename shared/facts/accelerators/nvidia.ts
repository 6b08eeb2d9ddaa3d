// NVIDIA GPUs by nvidia-smi's CSV query; its XML adds what only it knows, and the kernel log what no tool tells of a GPU
// that was lost. The table for people is never read: its names are cut. accelerators.md sections 0 and 1.
import { type Accelerator, type AcceleratorReport, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { evidence } from '../../domain/failure.ts'
import { commandLine } from '../../domain/quote.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines } from '../lines.ts'
import { type Answers, answerText, complaint, type Probe, type ProbeAnswer, silence, toolProbe } from '../probe.ts'
import { readNvidiaCsv } from './nvidia-csv.ts'
import { type NvidiaLog, readNvidiaXml, withGpu } from './nvidia-gpus.ts'
import { readXids, type Xids, xidProbe } from './nvidia-xid.ts'
import { devicesBy, sampleBy } from './tool-answer.ts'
import type { VendorFindings, VendorReader, VendorSample } from './vendor.ts'

// pci.ids of 2026-08-22.
const products = {
  V100: '1db1 1db4 1db5 1db6',
  T4: '1eb8',
  'A100 SXM4 40GB': '20b0',
  'A100 PCIe 40GB': '20b1 20f1',
  'A100 SXM4 80GB': '20b2',
  'A100 PCIe 80GB': '20b5',
  A800: '20bd 20f3 20f5 20f6',
  A30: '20b7',
  A10: '2236',
  A40: '2235',
  'A2 / A16': '25b6',
  'GeForce RTX 3090': '2204',
  'GeForce RTX 4090': '2684',
  'GeForce RTX 4090 D': '2685',
  L40: '26b5',
  L20: '26b7 26ba',
  L40S: '26b9',
  L4: '27b8',
  L2: '27b6',
  'H100 SXM5': '2330',
  'H100 PCIe': '2331',
  'H100 NVL': '2321',
  H100: '2336',
  H800: '2322 2324',
  H20: '2329 232c 230c 230e',
  H200: '2335',
  'H200 NVL': '233b',
  GH200: '2342 2348',
  B100: '2920 29bc',
  B200: '2901',
  GB200: '2941',
  B300: '3182',
  GB300: '31a1 31c2 31c3',
  'GeForce RTX 5090': '2b85',
  'GeForce RTX 5090 D': '2b87 2b8c',
  'RTX PRO 6000 Blackwell': '2bb1 2bb4 2bb5',
  'RTX 6000D': '2bb2 2bb9',
  GB10: '2e12',
  Thor: '2b00',
}

// Fields that every driver knows: one unknown field fails the whole query.
const mainFields =
  'index,name,uuid,pci.bus_id,driver_version,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw,power.limit'

// T-Head's SDK brings an nvidia-smi of its own, which would show its cards as NVIDIA's.
function smiProbe(id: string, ...words: string[]): Probe {
  const when = 'has nvidia-smi && { pci 10de || ! pci 1ded; }'
  return { ...toolProbe(id, command('nvidia-smi', ...words), 15), when }
}

const probes: readonly Probe[] = [
  smiProbe('nvidia-smi', `--query-gpu=${mainFields}`, '--format=csv,nounits'),
  // Seconds on a machine without persistence mode, and reported to hang with MIG: the devices do not wait for it.
  smiProbe('nvidia-smi-xml', '-q', '-x'),
  {
    id: 'nvidia-driver',
    when: '[ -e /proc/driver/nvidia/version ]',
    shell: 'exec cat /proc/driver/nvidia/version',
    deadlineSeconds: 5,
  },
  {
    id: 'nvidia-toolkit',
    when: '[ -e /usr/local/cuda/version.json ] || [ -e /usr/local/cuda/version.txt ]',
    shell: 'cat /usr/local/cuda/version.json 2>/dev/null || exec cat /usr/local/cuda/version.txt',
    deadlineSeconds: 5,
  },
  xidProbe,
]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answers.get('nvidia-smi')
  const table = readNvidiaCsv(silence(answer) === undefined ? (answer?.stdout ?? '') : '')
  const log = readNvidiaXml(answers.get('nvidia-smi-xml')?.stdout ?? '')
  const xids = readXids(answers)
  const found = devicesBy(answer, { tool: 'nvidia-smi', onBus, table: () => table })
  const devices = devicesOf(found.devices, log, answers.get('nvidia-smi-xml'))
  const marked: typeof devices =
    devices.state === 'known' ? known(devices.value.map((device) => withFaults(device, xids))) : devices
  const notes = [
    ...(found.notes ?? []),
    // The XML stands in for a query that gave nothing: what it said is still to be told.
    ...(found.devices.state === 'unreadable' && devices.state === 'known' ? [found.devices.why] : []),
    ...lostOnes(marked, xids),
  ].slice(0, 16)
  const toolkit = installedToolkit(answers)
  const version = [table.driverVersion, log.driverVersion].find((one) => one.state === 'known')
  return {
    driverVersion: version ?? loadedDriver(answers),
    toolkit,
    ...(log.cudaVersion.state === 'known' ? { toolkitLimit: known(`CUDA ${log.cudaVersion.value}`) } : {}),
    devices: marked,
    ...(notes.length > 0 ? { notes } : {}),
  }
}

type Devices = AcceleratorReport['devices']

/** Those of the query, or else those of the XML; a GPU that the XML does not name has its detail unreadable. */
function devicesOf(queried: Devices, log: NvidiaLog, answer: ProbeAnswer | undefined): Devices {
  if (queried.state !== 'known') return log.gpus.length > 0 ? known(log.gpus.map((one) => one.device)) : queried
  if (answer?.state === 'missing') return queried
  const said = answer === undefined || log.gpus.length > 0 ? 'it does not name this device' : complaint(answer)
  const why = `nvidia-smi -q -x: ${silence(answer) ?? said}`
  return known(queried.value.map((device) => withGpu(device, log, why)))
}

/** An unreadable log takes nothing away from what the tool itself calls wrong. */
function withFaults(device: Accelerator, xids: Reading<Xids>): Accelerator {
  if (xids.state === 'absent') return device
  const own = device.detail?.faults?.state === 'known' ? device.detail.faults.value : []
  const { pciAddress } = device
  const logged =
    xids.state === 'known' && pciAddress.state === 'known' ? xidsOf(xids.value, pciAddress.value) : undefined
  const unread = unreadable(xids.state === 'unreadable' ? xids.why : 'the kernel log names GPUs by bus address')
  const faults = logged === undefined && own.length === 0 ? unread : known([...own, ...(logged ?? [])])
  return { ...device, detail: { ...device.detail, faults } }
}

function xidsOf(xids: Xids, pciAddress: string) {
  return xids.get(pciAddress.replace(/\.[0-7]$/, '')) ?? []
}

/** Lines of the log about slots of which no device answers: the GPU that has fallen off the bus. */
function lostOnes(devices: Devices, xids: Reading<Xids>): string[] {
  if (xids.state !== 'known') return []
  const there = devices.state === 'known' ? devices.value.map((one) => one.pciAddress) : []
  const slots = there.flatMap((one) => (one.state === 'known' ? [one.value.replace(/\.[0-7]$/, '')] : []))
  const lost = [...xids.value].filter(([slot]) => !slots.includes(slot))
  return lost.flatMap(([slot, faults]) => faults.map(({ code, text }) => evidence(`${code} (${slot}): ${text}`, 250)))
}

// What changes from second to second, and the name: each field is a question to the driver.
const sampleFields = 'index,name,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw'
const sampleWords = ['nvidia-smi', `--query-gpu=${sampleFields}`, '--format=csv,nounits'] as const
// Measured on an H200 with driver 580: a call costs 23 ms of processor time, a second of the loop 1.3 ms, and its lines
// come at once, also into a pipe.
const sampleProbe: Probe = {
  ...smiProbe(...sampleWords),
  stream: `exec ${commandLine(command(...sampleWords, '-lms', '1000'))}`,
}

function readSample(answer: ProbeAnswer): VendorSample {
  const table = (text: string) => {
    const { devices, notes } = readNvidiaCsv(text)
    return { devices: devices.map(withoutPraise), notes }
  }
  return sampleBy(answer, 'nvidia-smi', table)
}

/** A sample does not ask for ECC errors, so it can say that a device is ill, and not that it is well. */
function withoutPraise(device: Accelerator): Accelerator {
  return device.health.state === 'known' && device.health.value === 'ok' ? { ...device, health: absent } : device
}

/** By the container toolkit, which also brings the driver's libraries into the container (its documentation). */
function container(): ContainerAccess {
  return { ...noAccess, gpus: 'all' }
}

export const nvidia: VendorReader = {
  vendor: 'nvidia',
  kind: 'gpu',
  bus: {
    vendorIds: ['10de'],
    // NVSwitch, audio and USB-C carry the same vendor id.
    isDevice: ({ deviceClass }) => /^030[02]/.test(deviceClass),
    // Those of V100, A100 and H100. From B200 on the host has none of them on its bus (Fabric Manager's guide). One that
    // was given to a virtual machine is not this system's to manage.
    isSwitch: ({ deviceId, driver }) =>
      ['1ac2', '1af1', '22a3'].includes(deviceId) && !(driver.state === 'known' && driver.value === 'vfio-pci'),
    products,
  },
  nodeGlobs: ['/dev/nvidia[0-9]*'],
  runtime: { name: 'nvidia', variable: 'NVIDIA_VISIBLE_DEVICES' },
  brings: { driver: 'nvidia-driver, NVIDIA-Linux-*.run', tool: 'nvidia-utils, nvidia-smi' },
  probes,
  read,
  container,
  sampleProbe,
  readSample,
  deviceRow: "[0-9]*', '*",
}

/** The loaded kernel module, which answers also where nvidia-smi does not: "NVRM version: ... 550.90.07 ...". */
function loadedDriver(answers: Answers): Reading<string> {
  const text = answerText(answers, 'nvidia-driver')
  if (text.state !== 'known') return text
  const line = boundedLines(text.value).find((one) => one.startsWith('NVRM version:')) ?? ''
  const version = /\s(\d{3,4}\.\d{1,4}(?:\.\d{1,4})?)\s/.exec(line)?.[1]
  return version === undefined
    ? unreadable(`/proc/driver/nvidia/version: ${evidence(text.value, 150)}`)
    : known(version)
}

/** `"cuda": { "name": "CUDA SDK", "version": "12.4.1" }`, or before 11 `CUDA Version 10.2.89`. */
function installedToolkit(answers: Answers): Reading<string> {
  const text = answerText(answers, 'nvidia-toolkit')
  if (text.state !== 'known') return text
  const start = text.value.slice(0, 20_000)
  const version =
    /"cuda"\s{0,20}:\s{0,20}\{[^{}]{0,200}"version"\s{0,20}:\s{0,20}"([\d.]{1,20})"/.exec(start)?.[1] ??
    /\bCUDA Version ([\d.]{1,20})/.exec(start)?.[1]
  return version === undefined ? unreadable(`/usr/local/cuda: ${evidence(text.value, 150)}`) : known(`CUDA ${version}`)
}
