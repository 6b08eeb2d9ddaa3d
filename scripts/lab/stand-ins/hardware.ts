// The pretended hardware as data: what the stand-in tools print, and the device nodes that exist.
// Products, memory sizes and versions are those of real servers (driver 550 with H20, 25.2 with 910B4).
import { createHash } from 'node:crypto'
import type { AcceleratorKind } from './accelerator-kinds.ts'

export interface PretendedDevice {
  index: number
  name: string
  bus: string
  uuid: string
  serial: string
  health: string
  memoryTotalMib: number
  memoryIdleMib: number
  /** Watts. */
  powerIdle: number
  powerBusy: number
  /** Degrees Celsius. */
  temperatureIdle: number
  temperatureBusy: number
}

export interface PretendedHardware {
  kind: AcceleratorKind
  driver: string
  firmware: string
  cuda: string
  /** Device node names are this and a number. */
  nodePrefix: string
  otherNodes: string[]
  devices: PretendedDevice[]
}

const nvidiaBuses = ['0F', '26', '44', '59', '86', 'A8', 'B7', 'DC']
const ascendBuses = ['C1', 'C2', '81', '82', '01', '02', '41', '42']

/** Identities follow from the appliance's name, so that two appliances never share one. */
export function pretendedHardware(kind: AcceleratorKind, applianceName: string): PretendedHardware | null {
  if (kind === 'none') return null
  const isNvidia = kind === 'nvidia-h20x8'
  const buses = isNvidia ? nvidiaBuses : ascendBuses
  const devices = buses.map((bus, index): PretendedDevice => {
    const digest = createHash('sha256').update(`${applianceName}/${kind}/${index}`).digest('hex')
    const own = isNvidia ? nvidiaDevice(bus, digest) : ascendDevice(bus, digest)
    // No two real boards idle at the same values.
    return {
      index,
      ...own,
      powerIdle: own.powerIdle + ((index * 5) % 7),
      temperatureIdle: own.temperatureIdle + ((index * 3) % 5),
    }
  })
  const shared = { kind, devices }
  if (isNvidia) {
    return {
      ...shared,
      driver: '550.144.03',
      firmware: '',
      cuda: '12.4',
      nodePrefix: 'nvidia',
      otherNodes: ['nvidiactl', 'nvidia-uvm', 'nvidia-uvm-tools', 'nvidia-modeset'],
    }
  }
  return {
    ...shared,
    driver: '25.2.0',
    firmware: '7.7.0.6.236',
    cuda: '',
    nodePrefix: 'davinci',
    otherNodes: ['davinci_manager', 'devmm_svm', 'hisi_hdc'],
  }
}

type OwnValues = Omit<PretendedDevice, 'index'>

function nvidiaDevice(bus: string, digest: string): OwnValues {
  return {
    name: 'NVIDIA H20',
    bus: `00000000:${bus}:00.0`,
    uuid: `GPU-${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`,
    serial: `165${(Number.parseInt(digest.slice(0, 8), 16) % 1e10).toString().padStart(10, '0')}`,
    health: 'OK',
    memoryTotalMib: 97871,
    memoryIdleMib: 4,
    powerIdle: 72,
    powerBusy: 500,
    temperatureIdle: 33,
    temperatureBusy: 74,
  }
}

function ascendDevice(bus: string, digest: string): OwnValues {
  return {
    name: '910B4',
    bus: `0000:${bus}:00.0`,
    uuid: '',
    serial: `1024${digest.slice(0, 8).toUpperCase()}`,
    health: 'OK',
    memoryTotalMib: 32768,
    memoryIdleMib: 2871,
    powerIdle: 82,
    powerBusy: 331,
    temperatureIdle: 34,
    temperatureBusy: 68,
  }
}
