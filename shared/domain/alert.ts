// Alerts as data: which rules there are, what one says, who is told of it, and when nobody is. What an alert means in
// words is in shared/words; what makes one is in shared/observe/alerts. Times are the console's clock (ms since 1970).
import * as z from 'zod'

export const alertSeverity = z.enum(['info', 'warning', 'critical'])
export type AlertSeverity = z.infer<typeof alertSeverity>

export const alertRuleId = z.enum([
  // accelerators
  'device-lost',
  'device-ill',
  'ecc-errors',
  'temperature',
  'throttling',
  'device-memory-full',
  // the host
  'host-memory',
  'host-swap',
  'host-temperature',
  'disk-full',
  'disk-full-soon',
  'clock-off',
  // services
  'engine-silent',
  'runtime-down',
  'probe-wrong',
  'canary-failed',
  'slow-first-token',
  'slow-answer',
  'queue-growing',
  'kv-full',
  'version-taken-back',
  'certificate-ends-now',
  'certificate-ends',
  'expiry-near',
  // the look itself
  'no-data',
])
export type AlertRuleId = z.infer<typeof alertRuleId>

/** What a value and its limit are counted in. `state`: there is nothing to count, it is so or not. */
export const alertUnits = ['state', 'celsius', 'share', 'days', 'seconds', 'requests'] as const
export type AlertUnit = (typeof alertUnits)[number]

const time = z.int().nonnegative()
const who = z.string().max(200)
/** How the history names it (host:port, the way there included). */
export const applianceKey = z.string().min(1).max(2000)
/** "nvidia 3", the id of a deployment, a folder; empty: the appliance itself. */
const alertSubject = z.string().max(300)

export const alert = z.strictObject({
  id: z.string().max(40),
  appliance: applianceKey,
  rule: alertRuleId,
  subject: alertSubject,
  severity: alertSeverity,
  /** Since when it was so, and when that had lasted long enough. */
  sinceMs: time,
  firedMs: time,
  /** The last look that had a value, and what it was. */
  seenMs: time,
  value: z.number(),
  limit: z.number(),
  /** How often it came back soon after it was over: it is one alert all the same. */
  flaps: z.int().nonnegative(),
  /** It looks well now, and that has not lasted long enough. */
  clearing: z.literal(true).optional(),
  /** `cleared`: looked at and well. `gone`: what it is about is not there any more. `unseen`: nobody could look for a day. */
  over: z.strictObject({ atMs: time, how: z.enum(['cleared', 'gone', 'unseen']) }).optional(),
  acknowledged: z.strictObject({ atMs: time, by: who }).optional(),
  /** When people were told: at first, last, the second list, and that it is over. */
  told: z.strictObject({
    firstMs: time.optional(),
    lastMs: time.optional(),
    escalatedMs: time.optional(),
    overMs: time.optional(),
  }),
})
export type Alert = z.infer<typeof alert>

/** Nobody is told; it is shown. Without a rule: of all; without an appliance: everywhere. */
export const alertQuiet = z.strictObject({
  id: z.string().max(40),
  kind: z.enum(['silence', 'maintenance']),
  rule: alertRuleId.optional(),
  appliance: applianceKey.optional(),
  fromMs: time,
  untilMs: time,
  by: who,
  note: z.string().max(200),
})
export type AlertQuiet = z.infer<typeof alertQuiet>

/** What a site has otherwise than the defaults; what is absent is as it comes. */
export const ruleOverride = z.strictObject({
  rule: alertRuleId,
  on: z.boolean().optional(),
  severity: alertSeverity.optional(),
  forSeconds: z.int().min(0).max(86_400).optional(),
  /** From where on it counts, in the unit of the rule; it clears as far below, or above, as it comes. */
  limit: z.number().min(0).max(1e9).optional(),
})
export type RuleOverride = z.infer<typeof ruleOverride>

export const alertPolicy = z.strictObject({
  /** Nobody acknowledged it for so long: the second list is told too. */
  escalateAfterMinutes: z.int().min(1).max(10_080),
  /** It goes on and nobody acknowledged it: people are told again. */
  repeatEveryMinutes: z.int().min(5).max(10_080),
})
export type AlertPolicy = z.infer<typeof alertPolicy>

export const usualAlertPolicy: AlertPolicy = { escalateAfterMinutes: 30, repeatEveryMinutes: 240 }

/** Why people are told: it began, it goes on, nobody acknowledged it, it is over; or somebody tries a channel. */
export const noticeKind = z.enum(['fired', 'again', 'escalated', 'over', 'test'])
export type NoticeKind = z.infer<typeof noticeKind>
