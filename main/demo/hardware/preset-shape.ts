// What a simulated machine is made of: its processor, disks and accelerators, and how fast its model answers.
import type { Vendor } from '../../../shared/domain/accelerator.ts'

type DeviceModel = {
  /** As the vendor's tool prints it. */
  readonly product: string
  /** As sysfs prints them. */
  readonly pciVendor: string
  readonly pciDevice: string
  readonly pciClass: string
  readonly memoryMib: number
  readonly idleMemoryMib: number
  readonly powerIdleWatts: number
  readonly powerBusyWatts: number
  readonly powerLimitWatts: number
  readonly idleCelsius: number
  readonly busyCelsius: number
  /** Where the vendor's own limit is. */
  readonly criticalCelsius: number
  /** What the device does about its heat there. */
  readonly whenHot: 'alarm' | 'slows'
}

export type PresetDevice = DeviceModel & {
  readonly index: number
  /** In sysfs's words: "0000:c1:00.0". */
  readonly pciAddress: string
}

export type Disk = {
  readonly filesystem: string
  readonly mount: string
  readonly totalBytes: number
  /** What the operating system and its people keep there. */
  readonly baseUsedBytes: number
}

export type Preset = {
  readonly vendor: Vendor
  readonly driverVersion: string
  /** The file in which the driver says its version: /proc/driver/nvidia/version, or Ascend's version.info. */
  readonly driverText: string
  /** /etc/os-release. */
  readonly osRelease: string
  readonly kernel: string
  /** As `systemctl --version` begins. */
  readonly systemd: string
  readonly cpuModel: string
  readonly logicalCores: number
  /** What the host's processors do for a model that is fully busy. */
  readonly cpuBusyPercent: number
  readonly memoryBytes: number
  readonly idleMemoryBytes: number
  readonly swapBytes: number
  /** The one at / first. */
  readonly disks: readonly [Disk, ...Disk[]]
  /** Display devices of the board itself, as lines of the pci probe. */
  readonly boardDisplays: readonly string[]
  readonly devices: readonly PresetDevice[]
  /** Of each device's memory, filled while the demo's model is loaded: 0 to 1. */
  readonly modelShare: number
  /** Of one completion alone. */
  readonly tokensPerSecond: number
  readonly ttftMs: number
}

/** No two real boards idle at the same values. */
export function devicesAt(buses: readonly string[], model: DeviceModel): PresetDevice[] {
  return buses.map((bus, index) => ({
    ...model,
    index,
    pciAddress: `0000:${bus}:00.0`,
    powerIdleWatts: model.powerIdleWatts + ((index * 5) % 7),
    idleCelsius: model.idleCelsius + ((index * 3) % 5),
  }))
}
