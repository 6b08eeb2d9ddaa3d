// What is shown of the server around the accelerators: which figures stand on one card, where each is in a sample, and where
// its chart ends. Live and past charts have the same.
import { absent, type Reading, valueOr } from '../../../shared/domain/reading.ts'
import type { HostSample, Sample } from '../../../shared/domain/sample.ts'
import { meaningOf } from '../../../shared/domain/series-meaning.ts'
import { scaleMaxBytes, scaleMaxRate } from './figures.ts'
import { niceMax, unitText } from './history/quantities.ts'

const cards = {
  processor: ['cpu', 'load', 'temperature'],
  memory: ['memory-used', 'swap-used'],
  network: ['network-received', 'network-sent'],
  disks: ['disk-read', 'disk-written', 'disk-busy'],
} as const
export type HostCard = keyof typeof cards
export type HostQuantity = (typeof cards)[HostCard][number]

export const hostCards = Object.keys(cards) as readonly HostCard[]
export const hostQuantities: readonly HostQuantity[] = hostCards.flatMap(quantitiesOf)

export function quantitiesOf(card: HostCard): readonly HostQuantity[] {
  return cards[card]
}

/** The line of a chart, and the series of the history. */
export function hostLine(quantity: HostQuantity | 'memory-total' | 'swap-total'): string {
  return `host/${quantity}`
}

const readings: { readonly [Q in HostQuantity]: (host: HostSample) => Reading<number> | undefined } = {
  cpu: (host) => host.cpuPercent,
  load: (host) => host.loadAverage,
  temperature: (host) => host.temperatureCelsius,
  'memory-used': (host) => host.memoryUsedBytes,
  'swap-used': (host) => host.swapUsedBytes,
  'network-received': (host) => host.networkReceivedBytesPerSecond,
  'network-sent': (host) => host.networkSentBytesPerSecond,
  'disk-read': (host) => host.diskReadBytesPerSecond,
  'disk-written': (host) => host.diskWrittenBytesPerSecond,
  'disk-busy': (host) => host.diskBusyPercent,
}

/** What an older recorder did not measure is absent. */
export function hostReading(quantity: HostQuantity): (sample: Sample) => Reading<number> {
  return ({ host }) => readings[quantity](host) ?? absent
}

/** Of what there is so much and no more. */
export function hostTotal(quantity: HostQuantity, { host }: Sample): number | undefined {
  if (quantity === 'memory-used') return valueOr(host.memoryTotalBytes, undefined)
  const swap: Reading<number> = host.swapTotalBytes ?? absent
  return quantity === 'swap-used' ? valueOr(swap, undefined) : undefined
}

/** Those that this server has; before anything is known, those that every server has. */
export function shownQuantities(sample: Sample | undefined): readonly HostQuantity[] {
  if (sample === undefined) return ['cpu', 'memory-used']
  return hostQuantities.filter((one) => isAlways(one) || hostReading(one)(sample).state !== 'absent')
}

function isAlways(quantity: HostQuantity): boolean {
  return quantity === 'cpu' || quantity === 'memory-used'
}

export function hostText(quantity: HostQuantity): (value: number) => string {
  return unitText(meaningOf(hostLine(quantity)).unit)
}

export function hostMax(
  quantity: HostQuantity,
  total: number | undefined,
  values: readonly (number | null | undefined)[],
): number {
  const { unit } = meaningOf(hostLine(quantity))
  if (unit === 'bytes') return scaleMaxBytes(total, values)
  if (unit === 'bytes-per-second') return scaleMaxRate(values)
  if (unit === 'percent') return 100
  return niceMax(Math.max(0, ...values.map((value) => value ?? 0)), unit === 'celsius' ? 100 : 2)
}
