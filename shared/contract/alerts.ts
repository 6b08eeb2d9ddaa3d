// Alerts: what is wrong now and was, who is told of it, and when nobody is. No call of it asks an appliance, and none
// carries a secret: a channel names the ids under which its secrets are kept.
import * as z from 'zod'
import {
  alert,
  alertPolicy,
  alertQuiet,
  alertRuleId,
  alertSeverity,
  alertUnits,
  applianceKey,
  ruleOverride,
} from '../domain/alert.ts'
import { alertChannel, channelId, channelState } from '../domain/alert-channel.ts'
import { incident } from '../domain/incident.ts'
import { call } from './call.ts'

const nothing = z.strictObject({})

/** `name`: what people call the appliance. `isQuiet`: nobody is told now. */
const shownAlert = alert.extend({ name: z.string().max(2000), isQuiet: z.boolean() })
export type ShownAlert = z.infer<typeof shownAlert>

const shownQuiet = alertQuiet.extend({ name: z.string().max(2000).optional() })
export type ShownQuiet = z.infer<typeof shownQuiet>

const shownRule = z.strictObject({
  rule: alertRuleId,
  on: z.boolean(),
  severity: alertSeverity,
  unit: z.enum(alertUnits),
  limit: z.number(),
  forSeconds: z.number().nonnegative(),
  /** It is not as it comes. */
  isOwn: z.boolean(),
})
export type ShownRule = z.infer<typeof shownRule>

/** `demo`: it is about a simulated appliance. */
const incidentReport = incident.extend({ alert: shownAlert, unit: z.enum(alertUnits), demo: z.boolean() })
export type IncidentReport = z.infer<typeof incidentReport>

const alertsNow = z.strictObject({
  active: z.array(shownAlert),
  quiets: z.array(shownQuiet),
  /** How each channel is that there is. */
  channels: z.array(channelState),
  /** What is written here does not outlast the console. */
  notStored: z.string().max(2000).optional(),
})
export type AlertsNow = z.infer<typeof alertsNow>

const settings = z.strictObject({ channels: z.array(alertChannel), rules: z.array(shownRule), policy: alertPolicy })
export type AlertSettings = z.infer<typeof settings>

export const alertsCalls = {
  list: call({ effect: 'read', right: 'look', audit: 'none' }, nothing, alertsNow),
  /** What is over, the newest first. */
  history: call({ effect: 'read', right: 'look', audit: 'none' }, nothing, z.array(shownAlert)),
  /** What happened around one, active or over. Acts that are no runs are in it only for who may read the audit. */
  report: call(
    { effect: 'read', right: 'look', audit: 'none' },
    z.strictObject({ alertId: z.string().max(40) }),
    incidentReport,
  ),
  settings: call({ effect: 'read', right: ['operate', 'administer'], audit: 'none' }, nothing, settings),
  /** Whoever calls is at it: nobody is told again, and nobody else is. */
  acknowledge: call(
    { effect: 'change', right: 'operate', audit: 'alert-acknowledge' },
    z.strictObject({ alertId: z.string().max(40) }),
    shownAlert,
  ),
  /** `appliance`: a saved name, or a key as alerts have it. From now on where it does not say. */
  silence: call(
    { effect: 'change', right: 'operate', audit: 'alert-silence' },
    z
      .strictObject({
        kind: alertQuiet.shape.kind,
        rule: alertRuleId.optional(),
        appliance: applianceKey.optional(),
        fromMs: z.int().nonnegative().optional(),
        untilMs: z.int().nonnegative(),
        note: z.string().max(200),
      })
      .refine(({ fromMs = 0, untilMs }) => fromMs < untilMs, 'it ends before it begins'),
    shownQuiet,
  ),
  endSilence: call(
    { effect: 'change', right: 'operate', audit: 'alert-silence-end' },
    z.strictObject({ quietId: z.string().max(40) }),
    z.strictObject({ quietId: z.string() }),
  ),
  /** Its secrets go from memory into the vault, where they are not there already. */
  setChannel: call(
    { effect: 'change', right: 'administer', audit: 'alert-channel-set' },
    z.strictObject({ channel: alertChannel }),
    alertChannel,
  ),
  /** What waits on it is not sent. Its secrets stay in the vault. */
  removeChannel: call(
    { effect: 'change', right: 'administer', audit: 'alert-channel-remove' },
    z.strictObject({ channel: channelId }),
    z.strictObject({ channel: channelId }),
  ),
  /** Sends one message, and waits for it. */
  testChannel: call(
    { effect: 'change', right: 'administer', audit: 'alert-channel-test' },
    z.strictObject({ channel: channelId }),
    z.strictObject({ channel: channelId, milliseconds: z.number().nonnegative() }),
  ),
  /** Without anything but its name: as it comes. */
  setRule: call(
    { effect: 'change', right: 'administer', audit: 'alert-rule-set' },
    z.strictObject({ override: ruleOverride }),
    shownRule,
  ),
  setPolicy: call(
    { effect: 'change', right: 'administer', audit: 'alert-policy-set' },
    z.strictObject({ policy: alertPolicy }),
    alertPolicy,
  ),
}
