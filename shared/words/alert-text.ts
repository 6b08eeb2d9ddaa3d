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

/** More subjects than these are counted. */
const mostNamed = 3
const mostListed = 8

/** `alerts`: of one appliance and one rule, told at once, all begun or all over. */
export function alertMessage(alerts: readonly [Alert, ...Alert[]], telling: AlertTelling, words: Words): AlertMessage {
  const { alerts: say, cli } = words
  const { kind, timeText } = telling
  const [alert] = alerts
  const { over, rule } = alert
  const flaps = Math.max(...alerts.map((one) => one.flaps))
  const appliance = oneLine(telling.appliance, 100)
  const severity = over === undefined ? say.severities[alert.severity] : say.kinds.over
  const why = kind === 'again' || kind === 'escalated' ? [say.kinds[kind]] : []
  const title = [...why, titleOf(alerts, mostNamed, words)].reduce((all, part) => cli.pair(all, part))
  return {
    title: oneLine(`[${severity}] ${appliance} ${title}`, 190),
    lines: [
      titleOf(alerts, mostListed, words),
      cli.pair(say.labels.appliance, appliance),
      cli.pair(say.labels.since, timeText(Math.min(...alerts.map(({ sinceMs }) => sinceMs)))),
      ...untilLine(alerts, timeText, words),
      ...amountLines(alerts, telling.unit, words),
      ...(flaps === 0 ? [] : [say.flapping(flaps)]),
      ...(over === undefined ? [cli.pair(say.labels.fix, say.rules[rule].fix)] : []),
    ],
  }
}

function titleOf(alerts: readonly [Alert, ...Alert[]], most: number, { alerts: say }: Words): string {
  const [{ rule }] = alerts
  const named = alerts.slice(0, most).map(subjectText)
  return say.rules[rule].title(oneLine(say.subjects(named, alerts.length - named.length), 900))
}

/** The last of them; how, of all. */
function untilLine(
  alerts: readonly Alert[],
  timeText: AlertTelling['timeText'],
  { alerts: say, cli }: Words,
): string[] {
  const ends = alerts.flatMap(({ over }) => (over === undefined ? [] : [over]))
  if (ends.length === 0) return []
  const atMs = Math.max(...ends.map((over) => over.atMs))
  const how = [...new Set(ends.map((over) => say.over[over.how]))]
  return [cli.pair(say.labels.until, cli.list([timeText(atMs), ...how]))]
}

function amountLines(alerts: readonly [Alert, ...Alert[]], unit: AlertUnit, words: Words): string[] {
  const { alerts: say, cli } = words
  if (unit === 'state') return []
  const [{ over, limit }] = alerts
  const values = alerts.slice(0, mostListed).map((one) => {
    const amount = amountText(one.value, unit, words)
    return alerts.length === 1 ? amount : `${subjectText(one)} ${amount}`
  })
  return [
    ...(over === undefined ? [cli.pair(say.labels.value, oneLine(cli.list(values), 900))] : []),
    cli.pair(say.labels.limit, amountText(limit, unit, words)),
  ]
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
