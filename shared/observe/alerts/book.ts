// The alerts of all appliances: one for each fault, however often it comes and goes, and all of the lately over ones.
// From it and the clock follows who is to be told what: each thing once, and nobody while it is quiet.
import type { Alert, AlertPolicy, AlertQuiet, AlertSeverity, NoticeKind } from '../../domain/alert.ts'
import type { AlertChannel } from '../../domain/alert-channel.ts'
import { flapWindowMs } from './track.ts'
import type { AlertChange } from './watch-appliance.ts'

/** Newest last. */
export type AlertBook = { readonly active: readonly Alert[]; readonly past: readonly Alert[] }

const mostPast = 500
/** More at once are one outage of something else. */
const mostActive = 2000

type Place = { readonly appliance: string; readonly newId: () => string }

export function afterChanges(book: AlertBook, changes: readonly AlertChange[], place: Place): AlertBook {
  return changes.reduce((now, change) => afterChange(now, change, place), book)
}

function afterChange(book: AlertBook, change: AlertChange, { appliance, newId }: Place): AlertBook {
  const { is, how, rule, subject, track } = change
  const isSame = (one: Alert) => one.appliance === appliance && one.rule === rule.id && one.subject === subject
  const known = book.active.find(isSame)
  if (is === 'over') {
    if (known === undefined) return book
    // It was over when the first look said so; that it lasted had to be seen, and is no part of the fault.
    const atMs = how === 'cleared' ? (track.clearSinceMs ?? track.overMs) : Math.max(track.lastMs, known.seenMs)
    const { clearing: _, ...alert } = known
    return moved(book, { ...alert, over: { atMs, how } })
  }
  const looked = { seenMs: track.lastMs, value: track.value, flaps: track.flaps }
  if (known !== undefined) {
    const { clearing: _, ...alert } = known
    const clearing = track.clearSinceMs === undefined ? {} : { clearing: true as const }
    return withActive(book, { ...alert, ...looked, ...clearing })
  }
  if (book.active.length >= mostActive) return book
  const before = book.past.findLast(isSame)
  const cameBack = track.flaps > 0 || track.firedMs - (before?.over?.atMs ?? 0) <= flapWindowMs + rule.forMs
  if (before?.over !== undefined && cameBack) {
    const { over: _, acknowledged: __, clearing: ___, ...again } = before
    return reopened(book, { ...again, ...looked, firedMs: track.firedMs })
  }
  const told = { told: {}, severity: rule.severity, limit: rule.fires }
  const when = { sinceMs: track.sinceMs, firedMs: track.firedMs }
  const made: Alert = { id: newId(), appliance, rule: rule.id, subject, ...when, ...looked, ...told }
  return { ...book, active: [...book.active, made] }
}

function withActive({ active, past }: AlertBook, alert: Alert): AlertBook {
  return { past, active: active.map((one) => (one.id === alert.id ? alert : one)) }
}

function moved({ active, past }: AlertBook, alert: Alert): AlertBook {
  return { active: active.filter(({ id }) => id !== alert.id), past: [...past, alert].slice(-mostPast) }
}

function reopened({ active, past }: AlertBook, alert: Alert): AlertBook {
  return { active: [...active, alert], past: past.filter(({ id }) => id !== alert.id) }
}

/** Somebody is at it: nobody is told again, and nobody else is. Undefined where it is not active. */
export function acknowledged(
  book: AlertBook,
  id: string,
  by: { readonly atMs: number; readonly by: string },
): AlertBook | undefined {
  const known = book.active.find((one) => one.id === id)
  return known && withActive(book, { ...known, acknowledged: by })
}

export type Notice = { readonly alert: Alert; readonly kind: NoticeKind; readonly channels: readonly AlertChannel[] }

export type Told = { readonly book: AlertBook; readonly notices: readonly Notice[] }

type Telling = {
  readonly nowMs: number
  readonly quiets: readonly AlertQuiet[]
  readonly policy: AlertPolicy
  readonly channels: readonly AlertChannel[]
}

/** The book remembers who was told: the same time again tells nobody. */
export function noticesAt(book: AlertBook, telling: Telling): Told {
  const notices: Notice[] = []
  const tell = (alert: Alert): Alert => {
    const due = dueNow(alert, telling)
    if (due === undefined) return alert
    const channels = toldOn(alert, due, telling.channels)
    if (channels.length > 0) notices.push({ alert: due.alert, kind: due.kind, channels })
    return due.alert
  }
  const active = book.active.map(tell)
  const past = book.past.map(tell)
  const isSame = active.every((one, at) => one === book.active[at]) && past.every((one, at) => one === book.past[at])
  return { book: isSame ? book : { active, past }, notices }
}

export function isQuiet(alert: Alert, quiets: readonly AlertQuiet[], nowMs: number): boolean {
  return quiets.some(
    ({ rule, appliance, fromMs, untilMs }) =>
      (rule === undefined || rule === alert.rule) &&
      (appliance === undefined || appliance === alert.appliance) &&
      fromMs <= nowMs &&
      nowMs < untilMs,
  )
}

type Due = { readonly kind: NoticeKind; readonly alert: Alert; readonly lists: readonly AlertChannel['list'][] }

const minuteMs = 60_000

function dueNow(alert: Alert, { nowMs, quiets, policy }: Telling): Due | undefined {
  const { told, over } = alert
  const lists = told.escalatedMs === undefined ? (['first'] as const) : (['first', 'second'] as const)
  if (over !== undefined) {
    if (told.firstMs === undefined || told.overMs !== undefined) return undefined
    const next = { ...alert, told: { ...told, overMs: nowMs } }
    return { kind: 'over', alert: next, lists: isQuiet(alert, quiets, nowMs) ? [] : lists }
  }
  if (isQuiet(alert, quiets, nowMs)) return undefined
  if (told.firstMs === undefined) {
    return { kind: 'fired', alert: { ...alert, told: { ...told, firstMs: nowMs, lastMs: nowMs } }, lists }
  }
  if (told.overMs !== undefined) {
    // Whoever was told that it is over has to know that it is not, and has as long as before to answer.
    return { kind: 'again', alert: { ...alert, told: { firstMs: nowMs, lastMs: nowMs } }, lists }
  }
  if (alert.acknowledged !== undefined || alert.clearing === true || alert.severity === 'info') return undefined
  if (told.escalatedMs === undefined && nowMs - told.firstMs >= policy.escalateAfterMinutes * minuteMs) {
    return { kind: 'escalated', alert: { ...alert, told: { ...told, escalatedMs: nowMs } }, lists: ['second'] }
  }
  if (nowMs - (told.lastMs ?? told.firstMs) < policy.repeatEveryMinutes * minuteMs) return undefined
  return { kind: 'again', alert: { ...alert, told: { ...told, lastMs: nowMs } }, lists }
}

const weight: { readonly [S in AlertSeverity]: number } = { info: 0, warning: 1, critical: 2 }

function toldOn(alert: Alert, { lists }: Due, channels: readonly AlertChannel[]): AlertChannel[] {
  return channels.filter(({ list, atLeast }) => lists.includes(list) && weight[alert.severity] >= weight[atLeast])
}
