// Who is trusted to make bundles, and how somebody comes to be.
import * as z from 'zod'
import { entryId } from '../domain/artifact.ts'
import { blockedVersion } from '../domain/blocked-version.ts'
import { pinnedPublisher, publisherFingerprint } from '../domain/publisher.ts'
import { call } from './call.ts'

const shownPublisher = pinnedPublisher
  .pick({ id: true, name: true, fingerprint: true, rootVersion: true, pinnedAt: true, pinnedBy: true })
  .extend({ lines: z.array(entryId), blocked: z.array(blockedVersion) })
export type ShownPublisher = z.infer<typeof shownPublisher>

const trusted = z.strictObject({
  publishers: z.array(shownPublisher),
  /** The developer switch is on: bundles that nobody signed can be used. */
  allowsUnsigned: z.boolean(),
  /** A later time that this computer has shown before. */
  clockBehind: z.iso.datetime().optional(),
})
export type TrustedPublishers = z.infer<typeof trusted>

export const publisherCalls = {
  list: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({}), trusted),
  /**
   * Trusts whoever signed this bundle, where it has the fingerprint that the caller gave. `acceptsClock`: the clock of
   * this computer is right, and the later time that it showed before was not.
   */
  pin: call(
    { effect: 'change', right: 'administer', audit: 'publisher-pin' },
    z.strictObject({
      bundleId: z.string().max(100),
      fingerprint: publisherFingerprint,
      acceptsClock: z.literal(true).optional(),
    }),
    shownPublisher,
  ),
  /** What it installed goes on; its bundles are refused, and what was seen of them is forgotten. Its id is typed. */
  remove: call(
    { effect: 'destructive', right: 'administer', audit: 'publisher-remove' },
    z.strictObject({ publisher: entryId, typedPublisher: z.string().max(200) }),
    z.strictObject({ publisher: entryId }),
  ),
}
