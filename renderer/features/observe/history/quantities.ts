// What can be shown of an appliance's past, by the names of its series; how its numbers are written and where a chart of
// them ends.
import type { SeriesHistory, SeriesUnit } from '../../../../shared/domain/history.ts'
import { vendorName } from '../../../../shared/words/accelerator-name.ts'
import { bytesText, threeDigits } from '../../../../shared/words/amounts.ts'
import { percentText, rateText } from '../figures.ts'

export const quantities = ['utilization', 'memory-used', 'temperature', 'power'] as const
export type Quantity = (typeof quantities)[number]

/** "ascend 3.1", in the order of vendor and number. */
export function devicesOf(names: readonly string[]): readonly string[] {
  const keys = names.flatMap((name) => /^accelerator\/([^/]+)\//.exec(name)?.[1] ?? [])
  return [...new Set(keys)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

/** "Ascend 3.1". */
export function deviceName(key: string): string {
  const [vendor = '', number = ''] = key.split(' ')
  return `${vendorName(vendor)} ${number}`.trim()
}

export function deviceSeries(key: string, what: Quantity | 'memory-total'): string {
  return `accelerator/${key}/${what}`
}

/** Those that anything was measured of. */
export function quantitiesIn(names: readonly string[]): readonly Quantity[] {
  return quantities.filter((one) => names.some((name) => name.startsWith('accelerator/') && name.endsWith(`/${one}`)))
}

const texts: { readonly [U in SeriesUnit]?: (value: number) => string } = {
  percent: percentText,
  bytes: bytesText,
  celsius: (value) => `${threeDigits(value)} °C`,
  watts: (value) => `${threeDigits(value)} W`,
  'bytes-per-second': rateText,
  ratio: (value) => percentText(value * 100),
  seconds: (value) => `${threeDigits(value)} s`,
}

export function unitText(unit: SeriesUnit): (value: number) => string {
  return texts[unit] ?? threeDigits
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
export function niceMax(largest: number, least: number): number {
  const wanted = Math.max(largest, least)
  const power = 10 ** Math.floor(Math.log10(wanted))
  const factor = [1, 2, 5, 10].find((one) => one * power >= wanted) ?? 10
  return factor * power
}

export function largestOf(series: SeriesHistory | undefined): number {
  return series === undefined ? 0 : series.max.reduce((most, value) => Math.max(most, value), 0)
}
