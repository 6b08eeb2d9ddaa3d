// What an appliance does now: its samples, as they come.
import * as z from 'zod'
import { failure } from '../domain/failure.ts'
import { historyAnswer, historyState, seriesName } from '../domain/history.ts'
import { sample, watchItem } from '../domain/sample.ts'
import { call, streamCall } from './call.ts'
import { target } from './target.ts'

/** Who watches while no page is open. `while-open`: nobody, once this console is closed. */
export const watchState = z.strictObject({
  watching: z
    .strictObject({
      sinceMs: z.int(),
      /** The name of the computer that watches. */
      computer: z.string().max(300),
      how: z.enum(['while-open', 'always']),
    })
    .nullable(),
  appliances: z
    .array(
      z.strictObject({
        name: z.string(),
        link: z.enum(['waiting', 'up', 'lost']),
        sinceMs: z.int(),
        /** Why nothing comes from it. */
        failure: failure.optional(),
      }),
    )
    .max(10_000),
})
export type WatchState = z.infer<typeof watchState>

export const observeCalls = {
  watching: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({}), watchState),
  /** Samples of the appliance, one a second while somebody watches. Ends when its reader leaves. */
  watch: streamCall({ effect: 'read', right: 'look', audit: 'none' }, 'latest', z.strictObject({ target }), watchItem),
  /** The samples of the last minutes, oldest first, as far as somebody was watching. */
  recent: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({ target }), z.array(sample)),
  /** What was measured of the appliance, whoever watched: by name, in buckets for so many pixels. It asks nobody. */
  history: call(
    { effect: 'read', right: 'look', audit: 'none' },
    z
      .strictObject({
        target,
        series: z.array(seriesName).min(1).max(64),
        fromMs: z.int().nonnegative(),
        toMs: z.int().nonnegative(),
        width: z.int().min(1).max(20_000),
      })
      .refine(({ fromMs, toMs }) => fromMs < toMs, 'it ends before it begins'),
    historyAnswer,
  ),
  /** The names of its series. */
  historySeries: call(
    { effect: 'read', right: 'look', audit: 'none' },
    z.strictObject({ target }),
    z.array(seriesName),
  ),
  /** What all of it takes on this computer, and what is wrong with it. */
  historyState: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({}), historyState),
}
