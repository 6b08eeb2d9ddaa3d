// The alert rules that a console comes with. Each is data: which series it looks at, from where on that is a fault and
// from where on it is over, and how long either has to last. A site may change what it likes of one (`withOverride`).
import type { AlertRuleId, AlertSeverity, AlertUnit, RuleOverride } from '../../domain/alert.ts'
import { certificateEndsDays, certificateEndsNowDays } from '../../domain/certificate.ts'

/** Series by name; `*` is what the alert is about. The worst of several counts. */
type Series = readonly string[]

export type Measure =
  | { readonly by: 'level'; readonly series: Series }
  /** Of what there is: used / total. */
  | { readonly by: 'share'; readonly used: string; readonly total: string }
  /** What a counter grew by within this time. */
  | { readonly by: 'growth'; readonly series: string; readonly withinMs: number }
  /** Days until nothing of it is left, if it goes on as in the last days. */
  | { readonly by: 'days-left'; readonly free: string }
  /** Of a histogram's increases within this time. Too few of them say nothing. */
  | {
      readonly by: 'quantile'
      readonly histogram: string
      readonly quantile: number
      readonly withinMs: number
      readonly atLeast: number
    }
  /** For how long nothing came. */
  | { readonly by: 'silence' }

export type AlertRule = {
  readonly id: AlertRuleId
  readonly severity: AlertSeverity
  readonly unit: AlertUnit
  readonly measure: Measure
  readonly side: 'above' | 'below'
  /** At this value and beyond it is a fault; at `clears` and back from there it is none. */
  readonly fires: number
  readonly clears: number
  readonly forMs: number
  readonly clearsAfterMs: number
  /** A fault of this rule on the same subject says it already. */
  readonly unless?: AlertRuleId
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const isSo = { unit: 'state', side: 'above', fires: 1, clears: 0 } as const
const level = (...series: string[]): Measure => ({ by: 'level', series })

export const usualRules: readonly AlertRule[] = [
  // A sample each five seconds: one bad reading of a tool is none, and a lost card is said within a minute.
  {
    ...{ id: 'device-lost', severity: 'critical', ...isSo, measure: level('accelerator/*/lost') },
    ...{ forMs: 30 * second, clearsAfterMs: 2 * minute },
  },
  // 2 is an alarm, 3 critical (sample-series.ts).
  {
    ...{ id: 'device-ill', severity: 'critical', ...isSo, measure: level('accelerator/*/health') },
    ...{ fires: 2, clears: 1, forMs: 30 * second, clearsAfterMs: 5 * minute, unless: 'device-lost' },
  },
  {
    ...{ id: 'ecc-errors', severity: 'critical', ...isSo },
    measure: { by: 'growth', series: 'accelerator/*/uncorrected-errors', withinMs: day },
    ...{ forMs: 0, clearsAfterMs: 0 },
  },
  // An H100 slows down at 87 °C and an Ascend 910B at 95 °C; neither is a temperature for a server room.
  {
    ...{ id: 'temperature', severity: 'warning', unit: 'celsius', side: 'above', fires: 85, clears: 80 },
    ...{ measure: level('accelerator/*/temperature'), forMs: minute, clearsAfterMs: 5 * minute },
  },
  {
    ...{ id: 'throttling', severity: 'warning', ...isSo },
    measure: level('finding/thermal-throttling', 'finding/power-throttling'),
    ...{ forMs: 0, clearsAfterMs: 0 },
  },
  // Engines take 90 % of it when they start, and that is how it is meant.
  {
    ...{ id: 'device-memory-full', severity: 'warning', unit: 'share', side: 'above', fires: 0.985, clears: 0.97 },
    measure: { by: 'share', used: 'accelerator/*/memory-used', total: 'accelerator/*/memory-total' },
    ...{ forMs: minute, clearsAfterMs: 5 * minute },
  },
  {
    ...{ id: 'host-memory', severity: 'critical', unit: 'share', side: 'above', fires: 0.95, clears: 0.9 },
    measure: { by: 'share', used: 'host/memory-used', total: 'host/memory-total' },
    ...{ forMs: minute, clearsAfterMs: 5 * minute },
  },
  // What is swapped counts to what is in use: more than there is, for minutes, is a server that crawls. A swap that old pages
  // have filled beside free memory is none, and with large models in the page cache it is usual.
  {
    ...{ id: 'host-swap', severity: 'warning', unit: 'share', side: 'above', fires: 1, clears: 0.93 },
    measure: { by: 'share', used: 'host/memory-wanted', total: 'host/memory-total' },
    ...{ forMs: 90 * second, clearsAfterMs: 5 * minute, unless: 'host-memory' },
  },
  // Desktop processors work at 95 °C as they are meant to; servers slow down there.
  {
    ...{ id: 'host-temperature', severity: 'warning', unit: 'celsius', side: 'above', fires: 96, clears: 90 },
    ...{ measure: level('host/temperature'), forMs: 90 * second, clearsAfterMs: 5 * minute },
  },
  {
    ...{ id: 'disk-full', severity: 'critical', unit: 'share', side: 'above', fires: 0.95, clears: 0.93 },
    measure: { by: 'share', used: 'disk/*/used', total: 'disk/*/total' },
    ...{ forMs: 0, clearsAfterMs: 0 },
  },
  {
    ...{ id: 'disk-full-soon', severity: 'warning', unit: 'days', side: 'below', fires: 7, clears: 10 },
    ...{ measure: { by: 'days-left', free: 'disk/*/free' }, forMs: 0, clearsAfterMs: 12 * hour, unless: 'disk-full' },
  },
  {
    ...{ id: 'clock-off', severity: 'warning', unit: 'seconds', side: 'above', fires: 120, clears: 60 },
    ...{ measure: level('clock/off-seconds'), forMs: 0, clearsAfterMs: 0 },
  },
  // No service can be looked at, and none can be repaired.
  {
    ...{ id: 'engine-silent', severity: 'critical', ...isSo, measure: level('engine/unanswered') },
    ...{ forMs: 30 * second, clearsAfterMs: minute },
  },
  // Of single looks, and the half minute steadies them.
  {
    ...{ id: 'runtime-down', severity: 'critical', ...isSo, measure: level('deployment/*/down') },
    ...{ forMs: 30 * second, clearsAfterMs: minute },
  },
  {
    ...{ id: 'probe-wrong', severity: 'warning', ...isSo, measure: level('deployment/*/degraded') },
    ...{ forMs: 30 * second, clearsAfterMs: minute, unless: 'runtime-down' },
  },
  // It says of itself what it asked, and once is enough: it is asked again by a person, or the next day.
  {
    ...{ id: 'canary-failed', severity: 'warning', ...isSo, measure: level('deployment/*/canary-failed') },
    ...{ forMs: 0, clearsAfterMs: 0, unless: 'runtime-down' },
  },
  // Five minutes are counted together, which steadies it.
  {
    ...{ id: 'slow-first-token', severity: 'warning', unit: 'seconds', side: 'above', fires: 5, clears: 4 },
    measure: {
      ...{ by: 'quantile', histogram: 'inference/*/time-to-first-token', quantile: 0.95 },
      ...{ withinMs: 5 * minute, atLeast: 20 },
    },
    ...{ forMs: 30 * second, clearsAfterMs: 5 * minute },
  },
  // The question that the console asks itself: it waits behind nobody but the users. Half a minute of it is no hiccup.
  {
    ...{ id: 'slow-answer', severity: 'warning', unit: 'seconds', side: 'above', fires: 5, clears: 4 },
    ...{ measure: level('deployment/*/first-token'), forMs: 30 * second, clearsAfterMs: minute },
    unless: 'slow-first-token',
  },
  // So many requests all that time: the queue does not run empty between two of them.
  {
    ...{ id: 'queue-growing', severity: 'warning', unit: 'requests', side: 'above', fires: 10, clears: 2 },
    ...{ measure: level('inference/*/waiting'), forMs: 90 * second, clearsAfterMs: 2 * minute },
  },
  {
    ...{ id: 'kv-full', severity: 'warning', unit: 'share', side: 'above', fires: 0.98, clears: 0.9 },
    ...{ measure: level('inference/*/kv-use'), forMs: 90 * second, clearsAfterMs: 2 * minute },
  },
  {
    ...{ id: 'version-taken-back', severity: 'warning', ...isSo, measure: level('deployment/*/taken-back') },
    ...{ forMs: 0, clearsAfterMs: 0 },
  },
  // The one that says it in earnest stands first: the other is silent then.
  {
    ...{ id: 'certificate-ends-now', severity: 'critical', unit: 'days', side: 'below' },
    ...{ fires: certificateEndsNowDays, clears: certificateEndsNowDays + 1 },
    ...{ measure: level('certificate/*/days-left'), forMs: 0, clearsAfterMs: 0 },
  },
  {
    ...{ id: 'certificate-ends', severity: 'warning', unit: 'days', side: 'below' },
    ...{ fires: certificateEndsDays, clears: certificateEndsDays + 1 },
    ...{ measure: level('certificate/*/days-left'), forMs: 0, clearsAfterMs: 0, unless: 'certificate-ends-now' },
  },
  {
    ...{ id: 'expiry-near', severity: 'warning', unit: 'days', side: 'below', fires: 14, clears: 21 },
    ...{ measure: level('expiry/*/days-left'), forMs: 0, clearsAfterMs: 0 },
  },
  // Samples come each five seconds, verdicts each ten: a lost link is dialled again within half a minute.
  {
    ...{ id: 'no-data', severity: 'critical', unit: 'seconds', side: 'above', fires: 75, clears: 30 },
    ...{ measure: { by: 'silence' }, forMs: 0, clearsAfterMs: minute },
  },
]

/** A limit of the site clears as far from it as the one that it stands for. A rule that is off is none. */
export function rulesWith(overrides: readonly RuleOverride[]): AlertRule[] {
  return usualRules.flatMap((rule) => {
    const own = overrides.find((one) => one.rule === rule.id)
    if (own === undefined) return [rule]
    if (own.on === false) return []
    const fires = own.limit ?? rule.fires
    const changed = own.limit === undefined ? {} : { fires, clears: Math.max(0, fires + (rule.clears - rule.fires)) }
    return [
      {
        ...rule,
        ...changed,
        ...(own.severity !== undefined && { severity: own.severity }),
        ...(own.forSeconds !== undefined && { forMs: own.forSeconds * second }),
      },
    ]
  })
}
