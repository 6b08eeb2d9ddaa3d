// The GPUs of `nvidia-smi -q -x`, and how they join those of the CSV query: the query is the main answer, the XML adds
// its detail and stands in where the query gave nothing. accelerators.md section 1.
import type { Accelerator } from '../../domain/accelerator.ts'
import { known, type Reading, unreadable } from '../../domain/reading.ts'
import { wholeNumber } from '../lines.ts'
import { cellAt, countAt, missing, textAt } from './nvidia-cells.ts'
import { sharesMemory } from './nvidia-csv.ts'
import { detailOf, memoryOf, unreadDetail } from './nvidia-details.ts'
import { healthOfGpu } from './nvidia-health.ts'
import { elementAt, elementsNamed, readXml, type XmlElement } from './nvidia-xml.ts'
import { celsiusCell, pciAddressCell, percentCell, textCell, wattCell } from './values.ts'

const gpuLimit = 256

export type NvidiaLog = {
  readonly driverVersion: Reading<string>
  /** The newest that the driver can run; none need be installed. */
  readonly cudaVersion: Reading<string>
  /** Those whose element is whole: a cut answer has fewer. */
  readonly gpus: readonly Gpu[]
}
type Gpu = { readonly device: Accelerator; readonly element: XmlElement }

/**
 * Total. The XML has no index: it is a GPU's place where the list is complete, else its minor number. Without both, and
 * without an address and a uuid, there is no device.
 */
export function readNvidiaXml(text: string): NvidiaLog {
  const log = readXml(text).children.find((one) => one.name === 'nvidia_smi_log')
  const elements = elementsNamed(log, 'gpu').slice(0, gpuLimit)
  const isComplete = wholeNumber(cellAt(log, 'attached_gpus')) === elements.length
  const gpus: Gpu[] = []
  for (const [place, element] of elements.entries()) {
    const minor = countAt(element, 'minor_number')
    const index = isComplete ? place : minor.state === 'known' ? minor.value : undefined
    const device = index === undefined || index > 65_535 ? undefined : deviceOf(element, index)
    const isNew = !gpus.some((one) => one.device.index === index || (device && isSame(one.device, device)))
    if (device !== undefined && isNew) gpus.push({ device, element })
  }
  return {
    // 610 has words of its own for both.
    driverVersion: firstAt(
      [
        [log, 'driver_version'],
        [log, 'kmd_version'],
      ],
      textCell,
    ),
    cudaVersion: firstAt(
      [
        [log, 'cuda_version'],
        [log, 'cuda_umd_version'],
      ],
      textCell,
    ),
    gpus,
  }
}

const filled = ['utilizationPercent', 'temperatureCelsius', 'powerWatts', 'powerLimitWatts'] as const
type Filled = (typeof filled)[number] | 'memoryTotalBytes'

/** `device` of the CSV query with what the XML adds; `why` is told where it names no such GPU. */
export function withGpu(device: Accelerator, { gpus }: NvidiaLog, why: string): Accelerator {
  const gpu = gpus.find((one) => isSame(one.device, device))
  if (gpu === undefined) return { ...device, detail: { ...unreadDetail(why), ...device.detail } }
  const isToldHere = (key: Filled) => device[key].state === 'absent' && gpu.device[key].state === 'known'
  const { memoryTotalBytes, memoryUsedBytes } = gpu.device
  return {
    ...device,
    ...Object.fromEntries(filled.filter(isToldHere).map((key) => [key, gpu.device[key]])),
    ...(isToldHere('memoryTotalBytes') ? { memoryTotalBytes, memoryUsedBytes } : {}),
    health: healthOfGpu(gpu.element, device.health),
    detail: { ...detailOf(gpu.element, device.index), ...device.detail },
  }
}

const watts = (cell: string) => wattCell(cell)

function deviceOf(element: XmlElement, index: number): Accelerator | undefined {
  const bus = cellAt(element, 'pci', 'pci_bus_id')
  const pciAddress = pciAddressCell(bus ?? element.id)
  const uuid = textAt(element, 'uuid')
  if (pciAddress.state !== 'known' && uuid.state !== 'known') return undefined
  const power = elementAt(element, 'gpu_power_readings')
  const older = elementAt(element, 'power_readings')
  const readings = {
    ...memoryOf(element),
    utilizationPercent: percentCell(cellAt(element, 'utilization', 'gpu_util')),
    temperatureCelsius: celsiusCell(cellAt(element, 'temperature', 'gpu_temp')),
    // Never of module_power_readings, which has the same words.
    powerWatts: firstAt(
      [
        [power, 'power_draw'],
        [power, 'instant_power_draw'],
        [power, 'average_power_draw'],
        [older, 'power_draw'],
      ],
      watts,
    ),
    powerLimitWatts: firstAt(
      [
        [power, 'current_power_limit'],
        [power, 'gpu_ceiling_power_limit', 'current_power_limit'],
        [older, 'enforced_power_limit'],
        [older, 'power_limit'],
      ],
      watts,
    ),
  }
  const isAlive = Object.values(readings).some((one) => one.state === 'known')
  return {
    ...{ vendor: 'nvidia', kind: 'gpu', index, chip: 0 },
    ...{ product: textAt(element, 'product_name'), uuid, pciAddress },
    ...readings,
    health: healthOfGpu(element, isAlive ? known('ok') : unreadable('no value of this device could be read')),
    detail: {
      ...(sharesMemory(cellAt(element, 'product_name') ?? '', readings.memoryTotalBytes)
        ? { sharesHostMemory: known(true) }
        : {}),
      ...detailOf(element, index),
    },
  }
}

type Place = readonly [from: XmlElement | undefined, ...path: string[]]

/** Of the places that a layout has, the first with a value. */
function firstAt<T>(places: readonly Place[], read: (cell: string) => Reading<T>): Reading<T> {
  const readings = places.flatMap((place) => cellAt(...place) ?? []).map(read)
  const told = (state: Reading<T>['state']) => readings.find((one) => one.state === state)
  return told('known') ?? told('unreadable') ?? told('absent') ?? missing(places[0]?.slice(1).map(String) ?? [])
}

/** By bus address or, where one of them has none, by uuid. */
function isSame(one: Accelerator, other: Accelerator): boolean {
  const isAddressed = one.pciAddress.state === 'known' && other.pciAddress.state === 'known'
  const [ours, theirs] = isAddressed ? [one.pciAddress, other.pciAddress] : [one.uuid, other.uuid]
  return ours.state === 'known' && theirs.state === 'known' && ours.value === theirs.value
}
