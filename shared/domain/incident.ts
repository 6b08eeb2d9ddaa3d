// What happened around one alert, as a line of events: the alert itself, who was told, what else was wrong on the same
// appliance, and what people did there. What is not known is said to be unknown. Times are the console's clock (ms since
// 1970).
import * as z from 'zod'
import { alert, noticeKind } from './alert.ts'
import { alertChannel, channelId, channelWay, deliveryProblem } from './alert-channel.ts'
import { auditEntry } from './audit-search.ts'
import { runSubject } from './notification.ts'
import { consoleRun } from './run.ts'

const time = z.int().nonnegative()
const who = z.string().max(300)

/** One message on one channel. Neither sent nor with a problem: it waits, or the console ended before it said more. */
export const telling = z.strictObject({
  alert: alert.shape.id,
  kind: noticeKind,
  atMs: time,
  channel: channelId,
  /** As the channel was set then. */
  way: z.enum(channelWay.options.map((one) => one.shape.kind.value)),
  list: alertChannel.shape.list,
  sentMs: time.optional(),
  /** Of the last try. */
  problem: deliveryProblem.optional(),
})
export type Telling = z.infer<typeof telling>

const incidentEvent = z.discriminatedUnion('kind', [
  /** It was so from here on, and here that had lasted long enough. */
  z.strictObject({ kind: z.literal('began'), atMs: time }),
  z.strictObject({ kind: z.literal('fired'), atMs: time }),
  /** `on`: empty: nobody; null: that was not kept. */
  z.strictObject({ kind: z.literal('told'), atMs: time, why: noticeKind, on: z.array(telling).nullable() }),
  z.strictObject({ kind: z.literal('acknowledged'), atMs: time, by: who }),
  z.strictObject({
    ...{ kind: z.literal('other'), atMs: time },
    /** Of all of the incident: what began first is the likely cause of the others. */
    isFirst: z.boolean(),
    ...alert.pick({ id: true, rule: true, subject: true, severity: true }).shape,
    overMs: time.optional(),
  }),
  z.strictObject({
    ...{ kind: z.literal('run'), atMs: time, who, planId: z.string().max(200) },
    /** Where its plan is still there. */
    subject: runSubject.optional(),
    /** `unknown`: its end is not recorded. */
    outcome: z.enum(['done', 'failed', 'cancelled', 'unknown']),
    endMs: time.optional(),
    changed: z.int().nonnegative().optional(),
    failure: z.string().max(300).optional(),
    verdict: consoleRun.shape.verdict,
  }),
  /** As the audit has it. */
  z.strictObject({ kind: z.literal('act'), atMs: time, entry: auditEntry }),
  z.strictObject({ kind: z.literal('over'), atMs: time, how: z.enum(['cleared', 'gone', 'unseen']) }),
])
export type IncidentEvent = z.infer<typeof incidentEvent>

export const incident = z.strictObject({
  /** The earliest first. */
  events: z.array(incidentEvent),
  /** What began first of several; it may be the alert itself. Undefined: it was alone. */
  likelyCause: alert.shape.id.optional(),
  /** What of the acts is in it: all; the newest ones; runs only, since the others are the auditor's; or they could not be read. */
  acts: z.enum(['whole', 'cut', 'runs-only', 'unreadable']),
  /** From when to when acts were looked for. */
  fromMs: time,
  untilMs: time,
})
export type Incident = z.infer<typeof incident>
