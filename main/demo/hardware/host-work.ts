// What the simulated host does besides computing: its network and its disk, as counters since it was started. They go on by
// what the machine does now; what is uploaded to it comes in by the network and goes to the disk.
import type { Machine } from '../machine.ts'
import { loadNow } from './load.ts'
import { modelWork, wobble } from './model-work.ts'

export type HostWork = {
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly readBytes: number
  readonly writtenBytes: number
  /** Milliseconds in which the disk had something to do. */
  readonly diskBusyMs: number
  /** On the disk of what was uploaded, at the last look. */
  readonly uploadedBytes: number
}

type Rates = Pick<HostWork, 'receivedBytes' | 'sentBytes' | 'readBytes' | 'writtenBytes'> & {
  readonly diskBusyShare: number
}

export function noWork(machine: Machine): HostWork {
  const uploadedBytes = uploaded(machine)
  return { receivedBytes: 0, sentBytes: 0, readBytes: 0, writtenBytes: 0, diskBusyMs: 0, uploadedBytes }
}

export function workAfter(machine: Machine, before: HostWork, passedMs: number): HostWork {
  const rates = ratesNow(machine)
  const seconds = passedMs / 1000
  const uploadedBytes = uploaded(machine)
  // What is taken away again was written all the same.
  const arrived = Math.max(0, uploadedBytes - before.uploadedBytes)
  return {
    receivedBytes: before.receivedBytes + rates.receivedBytes * seconds + arrived,
    sentBytes: before.sentBytes + rates.sentBytes * seconds + arrived / 90,
    readBytes: before.readBytes + rates.readBytes * seconds,
    writtenBytes: before.writtenBytes + rates.writtenBytes * seconds + arrived,
    diskBusyMs: before.diskBusyMs + rates.diskBusyShare * passedMs + Math.min(passedMs * 0.3, arrived / 2e6),
    uploadedBytes,
  }
}

/** Bytes a second: logs and monitoring always, the ward's questions and answers, and weights while they are read. */
function ratesNow(machine: Machine): Rates {
  const nowMs = machine.nowMs()
  const { loadedPart, running } = modelWork(machine)
  const isLoading = loadedPart > 0 && loadedPart < 1
  const calm = 1 + wobble(21, nowMs) / 3
  const readBytes = isLoading ? 2.4e9 * (1 + wobble(22, nowMs) / 12) : 18_000 * calm
  return {
    receivedBytes: 21_000 * calm + running * 26_000 * (1 + wobble(23, nowMs) / 2),
    sentBytes: 34_000 * calm + running * 61_000 * (1 + wobble(24, nowMs) / 2),
    readBytes,
    writtenBytes: 260_000 * calm + running * 45_000,
    diskBusyShare: isLoading ? 0.82 : 0.004 * calm + running * 0.002,
  }
}

function uploaded({ state }: Machine): number {
  const whole = Object.values(state.artifacts).reduce((sum, { bytes }) => sum + bytes, 0)
  return whole + state.images.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0)
}

const idleCelsius = 37
const busyCelsius = 83

/** In thousandths of a degree, as a sensor says it. */
export function processorHeat(machine: Machine): number {
  const share = loadNow(machine).host.cpuPercent / 100
  const celsius = idleCelsius + (busyCelsius - idleCelsius) * Math.sqrt(share) + wobble(31, machine.nowMs())
  return Math.round(celsius) * 1000
}
