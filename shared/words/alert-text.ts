// One message about one alert: what, where, since when, value and limit, what to do. What an appliance says of itself is
// in it only as the name of a subject, made safe to show.
import type { Alert, AlertRuleId, AlertUnit, NoticeKind } from '../domain/alert.ts'
import { evidence } from '../domain/failure.ts'
import { vendorName } from './accelerator-name.ts'
import { threeDigits } from './amounts.ts'
import type { Words } from './words.ts'

export type AlertMessage = {
  /** One line, at most 200 characters. */
  readonly title: string
  readonly lines: readonly string[]
}

export type AlertTelling = {
  readonly kind: NoticeKind
  readonly unit: AlertUnit
  /** What people call the appliance. */
  readonly appliance: string
  /** In the time of who reads it. */
  readonly timeText: (ms: number) => string
}

export function alertMessage(alert: Alert, telling: AlertTelling, words: Words): AlertMessage {
  const { alerts, cli } = words
  const { kind, unit, timeText } = telling
  const { over, flaps, rule, value, limit, sinceMs } = alert
  const appliance = oneLine(telling.appliance, 100)
  const severity = over === undefined ? alerts.severities[alert.severity] : alerts.kinds.over
  const why = kind === 'again' || kind === 'escalated' ? [alerts.kinds[kind]] : []
  const title = [...why, alertTitle(alert, words)].reduce((all, part) => cli.pair(all, part))
  const amounts =
    unit === 'state'
      ? []
      : [
          ...(over === undefined ? [cli.pair(alerts.labels.value, amountText(value, unit, words))] : []),
          cli.pair(alerts.labels.limit, amountText(limit, unit, words)),
        ]
  return {
    title: oneLine(`[${severity}] ${appliance} ${title}`, 190),
    lines: [
      alertTitle(alert, words),
      cli.pair(alerts.labels.appliance, appliance),
      cli.pair(alerts.labels.since, timeText(sinceMs)),
      ...(over === undefined
        ? []
        : [cli.pair(alerts.labels.until, cli.list([timeText(over.atMs), alerts.over[over.how]]))]),
      ...amounts,
      ...(flaps === 0 ? [] : [alerts.flapping(flaps)]),
      ...(over === undefined ? [cli.pair(alerts.labels.fix, alerts.rules[rule].fix)] : []),
    ],
  }
}

/** The fault in a few words, with what it is about. */
export function alertTitle(about: Pick<Alert, 'rule' | 'subject'>, { alerts }: Words): string {
  return alerts.rules[about.rule].title(subjectText(about))
}

export function testMessage({ alerts }: Words): AlertMessage {
  return { title: `[${alerts.kinds.test}] ${alerts.labels.sender} ${alerts.test.title}`, lines: [alerts.test.body] }
}

const aboutDevices: readonly AlertRuleId[] = [
  ...(['device-lost', 'device-ill', 'ecc-errors', 'temperature', 'device-memory-full'] as const),
]

/** "ascend 3" as people write it; anything else as it is called. */
function subjectText({ rule, subject }: Pick<Alert, 'rule' | 'subject'>): string {
  const [, vendor, number = ''] = /^([a-z]{2,20})( [0-9]+(?:\.[0-9]+)?)?$/.exec(subject) ?? []
  const isDevice = vendor !== undefined && aboutDevices.includes(rule)
  return isDevice ? `${vendorName(vendor)}${number}` : oneLine(subject, 100)
}

/** "91 °C"; empty where there is nothing to count. */
export function amountText(value: number, unit: AlertUnit, { alerts }: Words): string {
  if (unit === 'state') return ''
  const shown = unit === 'share' ? value * 100 : value
  return alerts.amounts[unit](threeDigits(unit === 'seconds' && shown >= 10 ? Math.round(shown) : shown))
}

function oneLine(text: string, limit: number): string {
  return evidence(text.replaceAll(/\s+/g, ' '), limit)
}
