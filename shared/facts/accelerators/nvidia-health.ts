// How ill a GPU is, by what nvidia-smi -q -x says of its memory, its resets and itself: it has no health word of its own.
import type { Accelerator, DeviceFault } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading } from '../../domain/reading.ts'
import { cellAt, countAt, flagAt, lostWords, missing, sumOf } from './nvidia-cells.ts'
import { elementAt, elementsNamed, type XmlElement } from './nvidia-xml.ts'

/** Bits by the words of Volta and before, and of Ampere and after. */
const kinds = {
  corrected: { bits: 'single_bit', leaf: /^[a-z]+_correctable$/ },
  uncorrected: { bits: 'double_bit', leaf: /^[a-z]+_uncorrectable(?:_[a-z]+)?$/ },
} as const

/** Since the driver was loaded. */
export function memoryErrors(gpu: XmlElement, kind: keyof typeof kinds): Reading<number> {
  const { bits, leaf } = kinds[kind]
  const volatile = elementAt(gpu, 'ecc_errors', 'volatile')
  if (volatile === undefined)
    return /^N\/A$/i.test(cellAt(gpu, 'ecc_errors') ?? '') ? absent : missing(['ecc_errors', 'volatile'])
  if (elementAt(volatile, bits) !== undefined) return countAt(volatile, bits, 'total')
  const own = countsOf(volatile, leaf)
  if (own.length === 0) return missing(['ecc_errors', 'volatile', kind])
  // Some drivers count by instance while the GPU is partitioned.
  const parts = elementsNamed(elementAt(gpu, 'mig_devices'), 'mig_device').flatMap((part) =>
    countsOf(elementAt(part, 'ecc_error_count', 'volatile_count'), leaf),
  )
  const sum = sumOf(own)
  return sum.state === 'absent' ? sumOf(parts) : sum
}

function countsOf(from: XmlElement | undefined, leaf: RegExp): Reading<number>[] {
  return (from?.children ?? []).flatMap(({ name, whole }) => (whole && leaf.test(name) ? [countAt(from, name)] : []))
}

const pendingFlags: readonly (readonly string[])[] = [
  ['remapped_rows', 'remapped_row_pending'],
  ['retired_pages', 'pending_retirement'],
  ['retired_pages', 'pending_blacklist'],
  ['ecc_errors', 'channel_repair_pending'],
  ['ecc_errors', 'tpc_repair_pending'],
]

/** nvidia-smi says only whether: 1 stands for at least one. No driver has all of these words. */
export function pendingRetirements(gpu: XmlElement): Reading<number> {
  const flags = pendingFlags.filter((path) => elementAt(gpu, ...path) !== undefined).map((path) => flagAt(gpu, ...path))
  const counts = flags.map((flag): Reading<number> => (flag.state === 'known' ? known(flag.value ? 1 : 0) : flag))
  if (counts.some((one) => one.state === 'known' && one.value === 1)) return known(1)
  if (counts.length > 0) return sumOf(counts)
  return (elementAt(gpu, 'remapped_rows') ?? elementAt(gpu, 'retired_pages')) ? absent : missing(['remapped_rows'])
}

type Health = 'ok' | 'warning' | 'alarm' | 'critical'
const worseLast: readonly Health[] = ['ok', 'warning', 'alarm', 'critical']

type Sign = { readonly health: Health; readonly fault: DeviceFault }
type Asked = {
  readonly path: readonly string[]
  readonly class: string
  readonly says: RegExp
  readonly health: Health
}

const signs: readonly Asked[] = [
  // No spare row is left: the board has to be replaced.
  { path: ['remapped_rows', 'remapped_row_failure'], class: 'memory', says: /^yes$/i, health: 'alarm' },
  { path: ['ecc_errors', 'aggregate', 'sram_threshold_exceeded'], class: 'memory', says: /^yes$/i, health: 'alarm' },
  { path: ['gpu_reset_status', 'reset_required'], class: 'reset', says: /^yes$/i, health: 'critical' },
  { path: ['gpu_reset_status', 'drain_and_reset_recommended'], class: 'reset', says: /^yes$/i, health: 'warning' },
  // From 570 on it replaces the two above: "None", "Reset", "Reboot", "Drain P2P", "Drain and Reset".
  {
    path: ['gpu_recovery_action'],
    class: 'reset',
    says: /^(?:gpu |node )?(?:reset|reboot)(?: required)?$/i,
    health: 'critical',
  },
  { path: ['gpu_recovery_action'], class: 'reset', says: /^drain/i, health: 'warning' },
]

function signsOf(gpu: XmlElement): Sign[] {
  return signs.flatMap(({ path, says, health, class: name }) => {
    const text = cellAt(gpu, ...path) ?? ''
    return says.test(text)
      ? [{ health, fault: { code: path.at(-1) ?? '', text: evidence(text, 100), class: name } }]
      : []
  })
}

/** What nvidia-smi itself calls wrong, in its own words. */
export function ownFaults(gpu: XmlElement): DeviceFault[] {
  return signsOf(gpu).map((one) => one.fault)
}

/** `sensors`: a device of which one value is known, and of which nothing bad is, is well. */
export function healthOfGpu(gpu: XmlElement, sensors: Accelerator['health']): Accelerator['health'] {
  const damaged = [memoryErrors(gpu, 'uncorrected'), pendingRetirements(gpu)].some(
    (one) => one.state === 'known' && one.value > 0,
  )
  const found: Health[] = [
    ...signsOf(gpu).map((one) => one.health),
    ...(damaged ? (['warning'] as const) : []),
    ...(hasLostWord(gpu) ? (['critical'] as const) : []),
  ]
  const worst = worstOf(found)
  return worst === undefined ? sensors : worseOf(sensors, worst)
}

function worseOf(one: Accelerator['health'], other: Health): Accelerator['health'] {
  return one.state === 'known' ? known(worstOf([one.value, other]) ?? other) : known(other)
}

function worstOf(found: readonly Health[]): Health | undefined {
  return worseLast.findLast((one) => found.includes(one))
}

function hasLostWord(element: XmlElement): boolean {
  return lostWords.test(element.text) || element.children.some(hasLostWord)
}
