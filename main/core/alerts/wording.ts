// An alert as a message in the language of a channel, with the name that people gave the appliance and the time of this
// computer.
import type { Alert, AlertRuleId } from '../../../shared/domain/alert.ts'
import type { AlertChannel } from '../../../shared/domain/alert-channel.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import type { Message } from '../../../shared/observe/alerts/messages.ts'
import { usualRules } from '../../../shared/observe/alerts/rules.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'
import { alertMessage, testMessage } from '../../../shared/words/alert-text.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import { shellPart } from '../../alerts/by-curl.ts'
import type { Outgoing } from '../../alerts/channels/channel.ts'
import type { State } from '../../store/state.ts'
import type { Demos } from '../demo/demos.ts'
import { historyKey } from '../history/history-keeper.ts'

type Naming = { readonly state: State; readonly isDemo: Demos['isDemo'] }
type Named = { readonly name: string; readonly isDemo: boolean }

/** By the key of its history; one that nobody saved is called by its address. */
export function namedAppliance({ state, isDemo }: Naming, key: string): Named {
  const saved = state.appliances.read()
  const found = saved.ok ? saved.value.find((one) => historyKey(one) === key) : undefined
  return found === undefined ? { name: key, isDemo: false } : { name: found.name, isDemo: isDemo(found.address) }
}

export function wordMessage(naming: Naming, { alert, others, kind, channel }: Message, nowMs: number): Outgoing {
  const words = wordsOf(channel.language)
  const { name, isDemo } = namedAppliance(naming, alert.appliance)
  const appliance = isDemo ? words.demo.called(name) : name
  const unit = usualRules.find(({ id }) => id === alert.rule)?.unit ?? 'state'
  const { rule, subject, value, limit, severity, sinceMs } = alert
  return {
    ...alertMessage([alert, ...others], { kind, unit, appliance, timeText: localTime }, words),
    id: `${alert.id}-${kind}-${toldMs(alert)}`,
    ...{ kind, severity, isOver: alert.over !== undefined, atMs: nowMs },
    data: { rule, appliance: name, subject, value, limit, since: new Date(sinceMs).toISOString() },
  }
}

/** One firing is told once under one name, whoever tries again. */
function toldMs({ told, firedMs }: Alert): number {
  return Math.max(firedMs, ...Object.values(told).map((ms) => ms ?? 0))
}

export function wordTest(
  channel: AlertChannel,
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): Outgoing {
  const message = testMessage(wordsOf(channel.language))
  return { ...message, id, kind: 'test', severity: 'info', isOver: false, atMs: nowMs, data: {} }
}

type Found = { readonly rule: AlertRuleId; readonly how: 'wrong' | 'well' | 'gone'; readonly address: Address }

/** As an appliance itself says it: what it is about, and when, its shell puts in. */
export function wordForShell(naming: Naming, channel: AlertChannel, { rule, how, address }: Found): Outgoing {
  const words = wordsOf(channel.language)
  const saved = naming.state.appliances.read()
  const found = saved.ok ? saved.value.find((one) => canonicalJson(one.address) === canonicalJson(address)) : undefined
  const { name, isDemo } = namedAppliance(naming, historyKey(found ?? { address }))
  const appliance = isDemo ? words.demo.called(name) : name
  const severity = usualRules.find(({ id }) => id === rule)?.severity ?? 'warning'
  const kind = how === 'wrong' ? 'fired' : 'over'
  const subject = shellPart('subject')
  const over =
    how === 'wrong' ? {} : { over: { atMs: 1, how: how === 'gone' ? ('gone' as const) : ('cleared' as const) } }
  const alert: Alert = {
    ...{ id: '', appliance: '', rule, subject, severity, told: {} },
    ...{ sinceMs: 0, firedMs: 0, seenMs: 0, value: 0, limit: 0, flaps: 0 },
    ...over,
  }
  const timeText = (ms: number) => shellPart(ms === 0 ? 'since' : 'now')
  const message = alertMessage([alert], { kind, unit: 'state', appliance, timeText }, words)
  return {
    ...{ title: message.title, lines: [...message.lines, words.recorder.saidBy] },
    ...{ id: shellPart('id'), kind, severity, isOver: how !== 'wrong', atMs: 0 },
    data: { rule, appliance: name, subject, server: shellPart('server'), since: shellPart('since'), by: 'recorder' },
  }
}

/** "2026-11-20 16:00:00 (UTC+08:00)". */
function localTime(ms: number): string {
  const aheadMinutes = -new Date(ms).getTimezoneOffset()
  const shown = new Date(ms + aheadMinutes * 60_000).toISOString().slice(0, 19).replace('T', ' ')
  const [hours, minutes] = [Math.floor(Math.abs(aheadMinutes) / 60), Math.abs(aheadMinutes) % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return `${shown} (UTC${aheadMinutes < 0 ? '-' : '+'}${two(hours)}:${two(minutes)})`
}
