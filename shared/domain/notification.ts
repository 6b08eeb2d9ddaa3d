// What happened while nobody looked: alerts, runs, what publishers released or took back, results, ways of telling people
// that do not deliver. Each is made from what the console keeps, so that a page that was closed has lost nothing.
import * as z from 'zod'
import { acceptanceId, acceptanceVerdict } from './acceptance.ts'
import { alert } from './alert.ts'
import { channelId, deliveryProblem } from './alert-channel.ts'
import { address } from './appliance.ts'
import { entryId } from './artifact.ts'
import { blockedVersion } from './blocked-version.ts'
import { canaryEnd, canaryId, canaryVerdict } from './canary.ts'
import { failure } from './failure.ts'
import { consoleRun } from './run.ts'

const time = z.int().nonnegative()
const version = z.string().max(64)

/** What a run is for, without what was wished for it. */
export const runSubject = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('set-up'), solution: entryId }),
  z.strictObject({ act: z.literal('roll-back'), deployment: entryId, version }),
  z.strictObject({ act: z.literal('renew-certificate'), deployment: entryId }),
  z.strictObject({ act: z.literal('uninstall') }),
])
export type RunSubject = z.infer<typeof runSubject>

const endedRun = z.strictObject({
  planId: consoleRun.shape.planId,
  address,
  subject: runSubject,
  startedAt: consoleRun.shape.startedAt,
  state: z.enum(['done', 'failed', 'cancelled']),
  verdict: consoleRun.shape.verdict,
  /** Why it did not come to its end. */
  failure: failure.optional(),
})

const publisher = z.strictObject({ id: entryId, name: z.string().max(200) })

/** What the console keeps nowhere else, as it was heard. */
export const keptNews = z.discriminatedUnion('news', [
  z.strictObject({ news: z.literal('run-ended'), atMs: time, run: endedRun }),
  /** A later version of a line that was known came with a bundle. */
  z.strictObject({
    news: z.literal('new-version'),
    atMs: time,
    publisher,
    line: entryId,
    version: z.int().positive(),
  }),
  z.strictObject({ news: z.literal('taken-back'), atMs: time, publisher, blocked: blockedVersion }),
])
export type KeptNews = z.infer<typeof keptNews>

/** `saved`: it has a page of its own. `name`: what people call it, else where it answers. */
const place = z.strictObject({ name: z.string().max(2000), saved: z.boolean(), demo: z.boolean() })
export type NotedPlace = z.infer<typeof place>

const shownAlert = alert.pick({ rule: true, subject: true, severity: true, value: true, limit: true, sinceMs: true })

/** Why a run that goes on does nothing now. */
export const runWait = z.enum(['lock', 'window', 'busy'])
export type RunWait = z.infer<typeof runWait>

const about = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('alert'), place, alert: shownAlert }),
  /** `how`: as an alert says it. */
  z.strictObject({
    ...{ kind: z.literal('alert-over'), place, alert: shownAlert },
    how: z.enum(['cleared', 'gone', 'unseen']),
  }),
  /** `needsPerson`: nobody goes on with it by itself. */
  z.strictObject({ kind: z.literal('run'), place, run: endedRun.omit({ address: true }), needsPerson: z.boolean() }),
  z.strictObject({
    ...{ kind: z.literal('run-waits'), place, planId: consoleRun.shape.planId, subject: runSubject, waits: runWait },
  }),
  z.strictObject({ kind: z.literal('new-version'), publisher, line: entryId, version: z.int().positive() }),
  z.strictObject({ kind: z.literal('taken-back'), publisher, blocked: blockedVersion }),
  z.strictObject({ kind: z.literal('acceptance'), place, acceptanceId, verdict: acceptanceVerdict }),
  z.strictObject({
    ...{ kind: z.literal('canary'), place, canaryId, deployment: z.string().max(100), verdict: canaryVerdict },
    ...{ end: canaryEnd, failed: z.int().nonnegative(), asked: z.int().nonnegative() },
  }),
  z.strictObject({ kind: z.literal('channel'), channel: channelId, problem: deliveryProblem }),
])
export type NotificationAbout = z.infer<typeof about>

/** `id`: the same thing has the same one whenever it is asked for. `isQuiet`: somebody said that nobody is told of it. */
export const notification = z.strictObject({
  id: z.string().max(200),
  atMs: time,
  isQuiet: z.literal(true).optional(),
  about,
})
export type Notification = z.infer<typeof notification>
