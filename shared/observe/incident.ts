// Gathers what happened around one alert, from what is kept of alerts, of messages and in the audit. Nothing is inferred:
// only what stands there is said, but for the one guess that what began first may be the cause of the rest.
import type { Alert, NoticeKind } from '../domain/alert.ts'
import type { AuditEntry } from '../domain/audit-search.ts'
import type { Incident, IncidentEvent, Telling } from '../domain/incident.ts'
import type { RunSubject } from '../domain/notification.ts'
import { isAboutPlace, type Place } from './incident-place.ts'
import { runsIn } from './incident-runs.ts'

/** What was done shortly before may be why. */
export const leadMs = 15 * 60_000
const mostActs = 300

export type IncidentMaterial = {
  readonly alert: Alert
  readonly nowMs: number
  readonly place: Place
  /** Of every appliance, the alert itself too. */
  readonly alerts: readonly Alert[]
  /** Undefined: nothing was kept then. `beganMs`: what is older was not kept. */
  readonly told: { readonly beganMs: number | undefined; readonly tellings: readonly Telling[] }
  /** The audit since a while before, in any order; undefined: it cannot be read. */
  readonly entries: readonly AuditEntry[] | undefined
  /** The audit went on before the oldest of them. */
  readonly isCut: boolean
  /** Without: runs only. */
  readonly mayAudit: boolean
  readonly subjectOf: (planId: string) => RunSubject | undefined
}

export function gatherIncident(material: IncidentMaterial): Incident {
  const { alert, nowMs } = material
  const span = {
    fromMs: Math.max(0, alert.sinceMs - leadMs),
    untilMs: Math.max(alert.sinceMs, alert.over?.atMs ?? nowMs),
  }
  const others = overlapping(material)
  const first = [alert, ...others].sort(byBegin)[0]
  const likelyCause = others.length === 0 ? undefined : first?.id
  const done = doneIn(material, span)
  const events = [
    ...ownEvents(alert),
    ...toldEvents(material),
    ...others.map((one) => otherEvent(one, likelyCause)),
    ...done.slice(-mostActs),
  ]
  const acts = done.length > mostActs ? 'cut' : actsKnown(material)
  return { events: sorted(events), ...(likelyCause !== undefined && { likelyCause }), acts, ...span }
}

function byBegin(a: Alert, b: Alert): number {
  return a.sinceMs - b.sinceMs || a.firedMs - b.firedMs
}

/** At the same moment: what began, then what was done, then what ended. */
const ranks: { readonly [K in IncidentEvent['kind']]: number } = {
  ...{ began: 0, fired: 1, other: 2, told: 3, acknowledged: 4, act: 5, run: 6, over: 7 },
}

function sorted(events: readonly IncidentEvent[]): IncidentEvent[] {
  return [...events].sort((a, b) => a.atMs - b.atMs || ranks[a.kind] - ranks[b.kind])
}

function ownEvents({ sinceMs, firedMs, acknowledged, over }: Alert): IncidentEvent[] {
  return [
    { kind: 'began', atMs: sinceMs },
    { kind: 'fired', atMs: firedMs },
    ...(acknowledged === undefined ? [] : [{ kind: 'acknowledged' as const, ...acknowledged }]),
    ...(over === undefined ? [] : [{ kind: 'over' as const, ...over }]),
  ]
}

/** The alert knows when; on which channels only what was kept of messages does. */
function toldEvents({ alert, told: { beganMs, tellings } }: IncidentMaterial): IncidentEvent[] {
  const { firstMs, lastMs, escalatedMs, overMs } = alert.told
  const times = new Map<number, NoticeKind>()
  if (firstMs !== undefined) times.set(firstMs, 'fired')
  if (lastMs !== undefined && lastMs !== firstMs) times.set(lastMs, 'again')
  if (escalatedMs !== undefined) times.set(escalatedMs, 'escalated')
  if (overMs !== undefined) times.set(overMs, 'over')
  const own = tellings.filter((one) => one.alert === alert.id)
  // What a message says of itself counts for more: the alert forgets its first times when it comes back.
  for (const { atMs, kind } of own) times.set(atMs, kind)
  const isKept = (atMs: number) => beganMs !== undefined && atMs >= beganMs
  return [...times].map(([atMs, why]) => {
    const on = own.filter((one) => one.atMs === atMs)
    return { kind: 'told', atMs, why, on: on.length > 0 || isKept(atMs) ? on : null }
  })
}

function overlapping({ alert, alerts, nowMs }: IncidentMaterial): Alert[] {
  const until = alert.over?.atMs ?? nowMs
  return alerts.filter(
    (one) =>
      one.id !== alert.id &&
      one.appliance === alert.appliance &&
      one.sinceMs <= until &&
      (one.over?.atMs ?? nowMs) >= alert.sinceMs,
  )
}

function otherEvent({ id, rule, subject, severity, sinceMs, over }: Alert, cause: string | undefined): IncidentEvent {
  const about = { id, rule, subject, severity, ...(over !== undefined && { overMs: over.atMs }) }
  return { kind: 'other', atMs: sinceMs, isFirst: id === cause, ...about }
}

type Span = { readonly fromMs: number; readonly untilMs: number }

function actsKnown({ entries, isCut, mayAudit }: IncidentMaterial): Incident['acts'] {
  if (entries === undefined) return 'unreadable'
  if (isCut) return 'cut'
  return mayAudit ? 'whole' : 'runs-only'
}

/** Runs and other acts on that appliance, and those about the alert itself; the earliest first. */
function doneIn(material: IncidentMaterial, span: Span): IncidentEvent[] {
  const { alert, place, entries = [], mayAudit, subjectOf } = material
  const near = entries.filter((one) => isAboutPlace(one.record, place) || isAboutAlert(one, alert, place))
  const { runs, rest } = runsIn(near, subjectOf)
  const acts = mayAudit ? rest.filter((one) => !isAcknowledging(one, alert)).map(actEvent) : []
  const isWithin = (one: IncidentEvent) => one.atMs >= span.fromMs && one.atMs <= span.untilMs
  return sorted([...runs, ...acts].filter(isWithin))
}

function actEvent(entry: AuditEntry): IncidentEvent {
  return { kind: 'act', atMs: Date.parse(entry.record.at), entry }
}

type AlertInput = { readonly alertId?: unknown; readonly appliance?: unknown; readonly rule?: unknown }

/** Acknowledged, or silenced by itself, with its appliance, or with all. */
function isAboutAlert(
  { record: { act, input } }: AuditEntry,
  { id, rule, appliance }: Alert,
  { name }: Place,
): boolean {
  const said = (input ?? {}) as AlertInput
  if (act === 'alert-acknowledge') return said.alertId === id
  if (act !== 'alert-silence') return false
  const isThere = said.appliance === undefined || said.appliance === appliance || said.appliance === name
  return isThere && (said.rule === undefined || said.rule === rule)
}

/** What the alert itself says already. */
function isAcknowledging({ record }: AuditEntry, { id, acknowledged }: Alert): boolean {
  if (record.act !== 'alert-acknowledge' || acknowledged === undefined) return false
  const isItself = (record.input as AlertInput | null)?.alertId === id
  return isItself && Math.abs(Date.parse(record.at) - acknowledged.atMs) < 2000
}
