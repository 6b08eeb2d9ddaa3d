// What only `nvidia-smi -q -x` says of a GPU: errors, partitions, processes, clocks, and why it is slow. The tree of
// elements follows the driver (418 to 610), not the number of its DTD. accelerators.md section 1.
import type { Accelerator, AcceleratorDetail, PcieLink } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { cellAt, countAt, flagAt, megahertzAt, missing, textAt } from './nvidia-cells.ts'
import { memoryErrors, ownFaults, pendingRetirements } from './nvidia-health.ts'
import { elementAt, elementsNamed, type XmlElement } from './nvidia-xml.ts'
import { checkedMemory, memoryCell } from './values.ts'

const partLimit = 64
const processLimit = 256

/** What the tool was asked for, where it did not say it. The link is left to the bus, which knows it too. */
export function unreadDetail(why: string): AcceleratorDetail {
  const nothing = unreadable(why)
  return {
    ...{
      serial: nothing,
      firmware: nothing,
      node: nothing,
      coreClockMegahertz: nothing,
      memoryClockMegahertz: nothing,
    },
    ...{ correctedMemoryErrors: nothing, uncorrectedMemoryErrors: nothing, pendingRetirements: nothing },
    ...{ slowdowns: nothing, processes: nothing, partitions: nothing, persistence: nothing },
  }
}

/** `index` is nvidia-smi's own. `faults` has what the tool itself calls wrong; a log may know more. */
export function detailOf(gpu: XmlElement, index: number): AcceleratorDetail {
  const minor = countAt(gpu, 'minor_number')
  const link = linkOf(elementAt(gpu, 'pci', 'pci_gpu_link_info'))
  const faults = ownFaults(gpu)
  return {
    serial: serialOf(gpu),
    firmware: textAt(gpu, 'vbios_version'),
    node: minor.state === 'known' ? known(`/dev/nvidia${minor.value}`) : minor,
    ...(link === undefined ? {} : { link: known(link) }),
    coreClockMegahertz: megahertzAt(gpu, 'clocks', 'graphics_clock'),
    memoryClockMegahertz: megahertzAt(gpu, 'clocks', 'mem_clock'),
    correctedMemoryErrors: memoryErrors(gpu, 'corrected'),
    uncorrectedMemoryErrors: memoryErrors(gpu, 'uncorrected'),
    pendingRetirements: pendingRetirements(gpu),
    slowdowns: slowdownsOf(gpu),
    ...(faults.length === 0 ? {} : { faults: known(faults) }),
    processes: processesOf(elementAt(gpu, 'processes')),
    partitions: partitionsOf(gpu, index),
    persistence: flagAt(gpu, 'persistence_mode'),
    ...virtualizationOf(gpu),
  }
}

function virtualizationOf(gpu: XmlElement): Pick<AcceleratorDetail, 'virtualization'> {
  const mode = textAt(gpu, 'gpu_virtualization_mode', 'virtualization_mode')
  return mode.state === 'known' && !/^none$/i.test(mode.value) ? { virtualization: mode } : {}
}

/** Clouds hide it behind zeros. */
function serialOf(gpu: XmlElement): Reading<string> {
  const serial = textAt(gpu, 'serial')
  return serial.state === 'known' && /^0+$/.test(serial.value) ? absent : serial
}

/** GT/s of a lane, by PCIe generation. */
const generationSpeeds = [2.5, 5, 8, 16, 32, 64]

/** "4" and "16x". Undefined without all four: then the bus may know them. Idle GPUs lower their generation. */
function linkOf(info: XmlElement | undefined): PcieLink | undefined {
  const speedAt = (name: string) => {
    const generation = countAt(info, 'pcie_gen', name)
    return generation.state === 'known' ? generationSpeeds[generation.value - 1] : undefined
  }
  const widthAt = (name: string) => {
    const lanes = /^(\d{1,2})x$/.exec(cellAt(info, 'link_widths', name) ?? '')?.[1]
    return lanes === undefined ? undefined : Number(lanes)
  }
  const [speed, maxSpeed] = [speedAt('current_link_gen'), speedAt('max_link_gen')]
  const [width, maxWidth] = [widthAt('current_link_width'), widthAt('max_link_width')]
  if (speed === undefined || maxSpeed === undefined || width === undefined || !maxWidth) return undefined
  return { speed, width, maxSpeed, maxWidth }
}

// Neither idling nor clocks that somebody chose make a GPU slower than it should be.
const harmless = new Set(['gpu_idle', 'applications_clocks_setting', 'display_clocks_setting'])

/** `clocks_throttle_reasons` until 530, `clocks_event_reasons` since. */
function slowdownsOf(gpu: XmlElement): Reading<string[]> {
  const reasons = elementAt(gpu, 'clocks_event_reasons') ?? elementAt(gpu, 'clocks_throttle_reasons')
  if (reasons === undefined) return missing(['clocks_event_reasons'])
  const flags = reasons.children.map(({ name }) => ({
    word: name.replace(/^clocks_(?:throttle|event)_reasons?_/, ''),
    flag: flagAt(reasons, name),
  }))
  const asked = flags.filter(({ word }) => !harmless.has(word))
  const active = asked.filter(({ flag }) => flag.state === 'known' && flag.value)
  if (active.length > 0) return known(active.map(({ word }) => evidence(word, 90)))
  const broken = asked.find(({ flag }) => flag.state === 'unreadable')?.flag
  if (broken?.state === 'unreadable') return broken
  return asked.some(({ flag }) => flag.state === 'known') ? known([]) : absent
}

function processesOf(list: XmlElement | undefined): Required<AcceleratorDetail>['processes'] {
  if (list === undefined) return missing(['processes'])
  if (list.children.length === 0 && !/^(?:none)?$/i.test(list.text))
    return /^\[?n\/a\]?$/i.test(list.text) ? absent : unreadable(`processes: ${evidence(list.text, 100)}`)
  const processes = elementsNamed(list, 'process_info').flatMap((one) => {
    const pid = countAt(one, 'pid')
    if (pid.state !== 'known' || pid.value === 0) return []
    // From 575 on it is the whole command line, whose options may be secrets.
    const [program = ''] = (elementAt(one, 'process_name')?.text ?? '').split(/\s-/, 1)
    const name = evidence(program, 190)
    return [{ pid: pid.value, name, memoryBytes: memoryCell(cellAt(one, 'used_memory'), 'MiB') }]
  })
  return known(processes.slice(0, processLimit))
}

/** `id` is how containers are given it: `--gpus device=0:1`, `nvidia.com/gpu=0:1`. */
function partitionsOf(gpu: XmlElement, index: number): Required<AcceleratorDetail>['partitions'] {
  const mode = flagAt(gpu, 'mig_mode', 'current_mig')
  if (mode.state !== 'known') return elementAt(gpu, 'mig_mode') === undefined ? absent : mode
  if (!mode.value) return absent
  const parts = elementsNamed(elementAt(gpu, 'mig_devices'), 'mig_device').flatMap((part) => {
    const [place, instance, compute] = ['index', 'gpu_instance_id', 'compute_instance_id'].map((name) =>
      countAt(part, name),
    )
    if (place?.state !== 'known' || instance?.state !== 'known' || compute?.state !== 'known') return []
    return [{ id: `${index}:${place.value}`, name: `GI ${instance.value} CI ${compute.value}`, ...memoryOf(part) }]
  })
  return known(parts.slice(0, partLimit))
}

/** Total is not used and free together: some is reserved (from 510 on). */
export function memoryOf(element: XmlElement): Pick<Accelerator, 'memoryTotalBytes' | 'memoryUsedBytes'> {
  const cell = (name: string) => memoryCell(cellAt(element, 'fb_memory_usage', name), 'MiB')
  return checkedMemory(cell('total'), cell('used'))
}
