// What can be installed from: bundles by their ids, usable or not.
import * as z from 'zod'
import { bundleHeader } from '../domain/artifact.ts'
import { failure } from '../domain/failure.ts'
import { vouching } from '../domain/publisher.ts'
import { call } from './call.ts'

const localizedText = z.strictObject({ en: z.string(), 'zh-CN': z.string() })

export const bundleSummary = z.strictObject({
  bundleId: z.string(),
  /** Made for demo appliances, refused by every other one. */
  demo: z.boolean(),
  /** The last part of its folder's path: what a person calls it. */
  name: z.string().max(300),
  content: z.discriminatedUnion('ok', [
    z.strictObject({
      ok: z.literal(true),
      value: z.strictObject({
        header: bundleHeader,
        vouching,
        totalBytes: z.int().nonnegative(),
        solutions: z.array(
          z.strictObject({ id: z.string(), version: z.string(), title: localizedText, summary: localizedText }),
        ),
      }),
    }),
    z.strictObject({ ok: z.literal(false), failure }),
  ]),
})
export type BundleSummary = z.infer<typeof bundleSummary>

export const bundlesCalls = {
  /** What can be installed from: the import folder's bundles and those opened since, unusable ones with the reason. */
  list: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({}), z.array(bundleSummary)),
}
