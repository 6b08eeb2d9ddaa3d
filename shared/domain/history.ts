// What an appliance was doing: its series, how long each resolution of them is kept, and the answer to "show me these
// series from then to then". Times are the console's clock in milliseconds since 1970 (UTC).
import * as z from 'zod'

/** From fine to coarse. `stepMs` of the first: no sample is kept closer than that. */
export const historyResolutions = [
  { stepMs: 1000, keptMs: 3_600_000 },
  { stepMs: 10_000, keptMs: 24 * 3_600_000 },
  { stepMs: 60_000, keptMs: 30 * 24 * 3_600_000 },
  { stepMs: 3_600_000, keptMs: 730 * 24 * 3_600_000 },
] as const

/** "host/cpu", "accelerator/ascend 3.1/temperature", "filesystem/engine/used", "inference/ward-model/running". */
export const seriesName = z
  .string()
  .max(160)
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._=/-]*$/)

/** `gauge`: its mean counts. `state`: its last value. `increase`: what was added since the value before, so its sum. */
export const seriesKind = z.enum(['gauge', 'state', 'increase'])
export type SeriesKind = z.infer<typeof seriesKind>

export const seriesUnit = z.enum([
  'percent',
  'bytes',
  'celsius',
  'watts',
  'count',
  'ratio',
  'seconds',
  'per-second',
  'bytes-per-second',
  'health',
])
export type SeriesUnit = z.infer<typeof seriesUnit>

const column = z.array(z.number())

/** Buckets that hold something, in order of time; columns of equal length. The mean of a bucket is sum / n. */
export const seriesHistory = z.strictObject({
  name: seriesName,
  kind: seriesKind,
  unit: seriesUnit,
  /** Where each bucket begins. */
  atMs: z.array(z.int()),
  min: column,
  max: column,
  sum: column,
  n: z.array(z.int().positive()),
  last: column,
  /** Where nothing was measured for too long, from and to: never a line across. */
  gaps: z.array(z.tuple([z.int(), z.int()])),
})
export type SeriesHistory = z.infer<typeof seriesHistory>

export const historyAnswer = z.strictObject({
  fromMs: z.int(),
  toMs: z.int(),
  /** Length of a bucket. */
  stepMs: z.int().positive(),
  series: z.array(seriesHistory),
})
export type HistoryAnswer = z.infer<typeof historyAnswer>

/** Why what is measured is not kept, or was not. */
export const historyTrouble = z.discriminatedUnion('kind', [
  /** A newer version wrote it: it is read, as far as that goes, and nothing is added. */
  z.strictObject({ kind: z.literal('newer-format'), found: z.int() }),
  /** It was damaged and lies aside under this name; a new one was begun. */
  z.strictObject({ kind: z.literal('set-aside'), file: z.string().max(200), atMs: z.int() }),
  /** A full disk, for one. It is tried again with the next samples. */
  z.strictObject({ kind: z.literal('not-stored'), detail: z.string().max(300), sinceMs: z.int() }),
])
export type HistoryTrouble = z.infer<typeof historyTrouble>

export const historyState = z.strictObject({
  /** On the disk of this console, and the most that it takes there. */
  bytes: z.int().nonnegative(),
  limitBytes: z.int().positive(),
  /** Samples that found no place while nothing could be stored. */
  lost: z.int().nonnegative(),
  appliances: z.array(
    z.strictObject({ appliance: z.string().max(2000), bytes: z.int().nonnegative(), series: z.int().nonnegative() }),
  ),
  trouble: historyTrouble.optional(),
})
export type HistoryState = z.infer<typeof historyState>
