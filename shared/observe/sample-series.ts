// A sample as series: their names, made once while the same devices answer, and its numbers in the same order. What
// could not be read is not a number, and stays a gap.

import type { Reading } from '../domain/reading.ts'
import { type AcceleratorSample, acceleratorKey, type Sample } from '../domain/sample.ts'

/** Health as a number: the order is that of the trouble, so the largest of a time is the worst. */
const healthNumbers: { readonly [H in HealthWord]: number } = { ok: 0, warning: 1, alarm: 2, critical: 3 }
type HealthWord = Extract<AcceleratorSample['health'], { state: 'known' }>['value']

const ofHost = [
  ...(['cpu', 'memory-used', 'memory-total', 'load', 'swap-used', 'swap-total'] as const),
  ...(['network-received', 'network-sent', 'disk-read', 'disk-written', 'disk-busy', 'temperature'] as const),
]
const ofAccelerator = ['utilization', 'memory-used', 'memory-total', 'temperature', 'power', 'health'] as const

export function sampleNames({ accelerators }: Sample): string[] {
  return [
    ...ofHost.map((word) => `host/${word}`),
    ...accelerators.flatMap((one) => ofAccelerator.map((word) => `accelerator/${acceleratorKey(one)}/${word}`)),
  ]
}

/** The names of these devices, as one text: other devices have another. */
export function devicesIn({ accelerators }: Sample): string {
  let text = ''
  for (const one of accelerators) text += `${one.vendor} ${one.index}.${one.chip},`
  return text
}

/** `into` has room for as many numbers as there are names. */
export function fillSampleValues({ host, accelerators }: Sample, into: Float64Array): void {
  let at = 0
  const put = (reading: Reading<number> | undefined) => {
    into[at++] = reading?.state === 'known' ? rounded(reading.value) : Number.NaN
  }
  put(host.cpuPercent)
  put(host.memoryUsedBytes)
  put(host.memoryTotalBytes)
  put(host.loadAverage)
  put(host.swapUsedBytes)
  put(host.swapTotalBytes)
  put(host.networkReceivedBytesPerSecond)
  put(host.networkSentBytesPerSecond)
  put(host.diskReadBytesPerSecond)
  put(host.diskWrittenBytesPerSecond)
  put(host.diskBusyPercent)
  put(host.temperatureCelsius)
  for (const one of accelerators) {
    put(one.utilizationPercent)
    put(one.memoryUsedBytes)
    put(one.memoryTotalBytes)
    put(one.temperatureCelsius)
    put(one.powerWatts)
    into[at++] = one.health.state === 'known' ? healthNumbers[one.health.value] : Number.NaN
  }
}

/** Three decimals are more than any tool measures, and take a quarter of the room of all of them. */
function rounded(value: number): number {
  return Math.abs(value) < 1e9 ? Math.round(value * 1000) / 1000 : value
}
