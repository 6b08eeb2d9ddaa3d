// How the monitor writes its figures, and where a chart of bytes ends when nobody knows the total.
import { bytesText } from '../../../shared/words/amounts.ts'

export function percentText(percent: number): string {
  return `${Math.round(percent)} %`
}

export function rateText(bytesPerSecond: number): string {
  return `${bytesText(bytesPerSecond)}/s`
}

/** The total where it is known; else the next power of two above the largest value, so that it seldom changes. */
export function scaleMaxBytes(totalBytes: number | undefined, values: readonly (number | null | undefined)[]): number {
  if (totalBytes !== undefined && totalBytes > 0) return totalBytes
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  return 2 ** Math.ceil(Math.log2(Math.max(largest, 1024 ** 3)))
}

/** Bytes a second: the next power of four above the largest, at least 1 MiB/s: what trickles stays a trickle. */
export function scaleMaxRate(values: readonly (number | null | undefined)[]): number {
  const largest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0)
  return 4 ** Math.ceil(Math.log2(Math.max(largest, 1024 ** 2)) / 2)
}
