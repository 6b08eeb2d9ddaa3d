// One measurement of an appliance while it is watched. What could not be read stays unreadable: a gap in
// the chart, never a zero. Times are the console's own clock in milliseconds since 1970 (UTC).
import * as z from 'zod'
import { accelerator } from './accelerator.ts'
import { failure } from './failure.ts'
import { readingOf } from './reading.ts'

export const acceleratorSample = accelerator.pick({
  vendor: true,
  kind: true,
  index: true,
  chip: true,
  utilizationPercent: true,
  memoryUsedBytes: true,
  memoryTotalBytes: true,
  temperatureCelsius: true,
  powerWatts: true,
  health: true,
})
export type AcceleratorSample = z.infer<typeof acceleratorSample>

export const hostSample = z.strictObject({
  /** Of all processors together, since the sample before. */
  cpuPercent: readingOf(z.number().min(0).max(100)),
  memoryUsedBytes: readingOf(z.int().nonnegative()),
  memoryTotalBytes: readingOf(z.int().nonnegative()),
  // What follows is missing where an older recorder measured, or an older watch helper.
  /** How many were at work or waited for it, the mean of a minute. */
  loadAverage: readingOf(z.number().nonnegative()).optional(),
  /** Absent: there is none. */
  swapUsedBytes: readingOf(z.int().nonnegative()).optional(),
  swapTotalBytes: readingOf(z.int().nonnegative()).optional(),
  /** Of all cards together, since the sample before; what they lead to (bonds, bridges) is not counted again. */
  networkReceivedBytesPerSecond: readingOf(z.int().nonnegative()).optional(),
  networkSentBytesPerSecond: readingOf(z.int().nonnegative()).optional(),
  /** Of all whole disks together. */
  diskReadBytesPerSecond: readingOf(z.int().nonnegative()).optional(),
  diskWrittenBytesPerSecond: readingOf(z.int().nonnegative()).optional(),
  /** Of the busiest disk: for how much of the time it had something to do. */
  diskBusyPercent: readingOf(z.number().min(0).max(100)).optional(),
  /** Of the warmest processor. Absent: the server does not say, as most virtual machines. */
  temperatureCelsius: readingOf(z.number()).optional(),
})
export type HostSample = z.infer<typeof hostSample>

const vendor = accelerator.shape.vendor
/** Why a vendor's tool gave no devices, or what it said about one that is missing. */
export const toolSilence = z.discriminatedUnion('silence', [
  /** It hangs: since its last answer, or since the call that hangs already when the watch begins. */
  z.strictObject({ silence: z.literal('no-answer'), vendor, tool: z.string(), sinceMs: z.int() }),
  /** It gave devices before, and is not installed any more. */
  z.strictObject({ silence: z.literal('gone'), vendor, tool: z.string() }),
  /** `why` is what the tool itself said: evidence, not a sentence of ours. */
  z.strictObject({ silence: z.literal('said'), vendor, why: z.string().max(300) }),
])
export type ToolSilence = z.infer<typeof toolSilence>

export const sample = z.strictObject({
  /** Counts up by one for each sample of a watch: what a reader missed is the difference. */
  sequence: z.int().nonnegative(),
  atMs: z.int(),
  /** How far from one to the next they are taken now; absent: one second. */
  everySeconds: z.int().positive().max(3600).optional(),
  host: hostSample,
  silent: z.array(toolSilence),
  accelerators: z.array(acceleratorSample),
})
export type Sample = z.infer<typeof sample>

/** What a watcher sees: samples while the link is up, and since when it is lost. */
export const watchItem = z.discriminatedUnion('link', [
  z.strictObject({ link: z.literal('up'), sample }),
  z.strictObject({ link: z.literal('lost'), sinceMs: z.int(), failure }),
])
export type WatchItem = z.infer<typeof watchItem>

/** One line of a chart for each accelerator: "ascend 3", "ascend 3.1" for the second die of a card. */
export function acceleratorKey({ vendor, index, chip }: Pick<AcceleratorSample, 'vendor' | 'index' | 'chip'>): string {
  return chip === 0 ? `${vendor} ${index}` : `${vendor} ${index}.${chip}`
}
