// One list of what happened, out of everything that the console keeps: a pure merge, newest first, of the last 30 days and
// no more than 200. A thing has the same id whenever it is asked for, so that what was read stays read.
import type { AcceptanceHead } from '../../../shared/domain/acceptance.ts'
import type { Alert, AlertQuiet } from '../../../shared/domain/alert.ts'
import type { ChannelState } from '../../../shared/domain/alert-channel.ts'
import type { Address } from '../../../shared/domain/appliance.ts'
import type { CanaryHead } from '../../../shared/domain/canary.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { KeptNews, NotedPlace, Notification } from '../../../shared/domain/notification.ts'
import { mostNotifications, notificationDays } from '../../../shared/domain/notification-bounds.ts'
import { needsPerson } from '../../../shared/domain/standing-failure.ts'
import { type AlertBook, isQuiet } from '../../../shared/observe/alerts/book.ts'
import type { WaitingRun } from '../runs/console-runs.ts'
import { subjectOf } from './run-news.ts'

export type Kept = {
  readonly book: AlertBook
  readonly quiets: readonly AlertQuiet[]
  readonly news: readonly KeptNews[]
  readonly waiting: readonly WaitingRun[]
  readonly acceptances: readonly AcceptanceHead[]
  readonly canaries: readonly CanaryHead[]
  readonly channels: readonly ChannelState[]
}

/** How people call what is named by an address, or by a key of the history. */
export type Naming = {
  readonly nowMs: number
  readonly at: (address: Pick<Address, 'host' | 'port'>) => NotedPlace
  readonly ofKey: (key: string) => NotedPlace
}

const dayMs = 24 * 3_600_000

export function mergeNotifications(kept: Kept, naming: Naming): Notification[] {
  const all = [
    ...[...kept.book.past, ...kept.book.active].flatMap((one) => ofAlert(one, kept.quiets, naming)),
    ...kept.news.map((one) => ofNews(one, naming)),
    ...kept.waiting.map((one) => ofWaiting(one, naming)),
    ...kept.acceptances.map((one) => ofAcceptance(one, naming)),
    ...kept.canaries.filter(isWorthSaying).map((one) => ofCanary(one, naming)),
    ...kept.channels.flatMap(ofChannel),
  ]
  const oldestMs = naming.nowMs - notificationDays * dayMs
  const lately = all.filter(({ atMs }) => atMs >= oldestMs)
  return lately.sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? 1 : -1)).slice(0, mostNotifications)
}

function ofAlert(one: Alert, quiets: readonly AlertQuiet[], { ofKey }: Naming): Notification[] {
  const { id, appliance, rule, subject, severity, value, limit, sinceMs, firedMs, over } = one
  const common = { place: ofKey(appliance), alert: { rule, subject, severity, value, limit, sinceMs } }
  const told = (atMs: number) => (isQuiet(one, quiets, atMs) ? { isQuiet: true as const } : {})
  const fired: Notification = {
    ...{ id: `${id}-fired-${firedMs}`, atMs: firedMs, ...told(firedMs) },
    about: { kind: 'alert', ...common },
  }
  if (over === undefined) return [fired]
  const { atMs, how } = over
  return [fired, { id: `${id}-over-${atMs}`, atMs, ...told(atMs), about: { kind: 'alert-over', ...common, how } }]
}

function ofNews(one: KeptNews, { at }: Naming): Notification {
  const { atMs } = one
  if (one.news === 'run-ended') {
    const { address, ...run } = one.run
    return {
      id: `${run.planId}-${run.startedAt}-ended`,
      atMs,
      about: { kind: 'run', place: at(address), run, needsPerson: waitsForPerson(run.failure) },
    }
  }
  const { publisher } = one
  if (one.news === 'new-version') {
    const { line, version } = one
    return {
      id: `${publisher.id}-${line}-${version}`,
      atMs,
      about: { kind: 'new-version', publisher, line, version },
    }
  }
  const { blocked } = one
  return {
    id: `${publisher.id}-${blocked.entry}-taken-back-${atMs}-${fewOf(JSON.stringify(blocked))}`,
    atMs,
    about: { kind: 'taken-back', publisher, blocked },
  }
}

/** Two lists of the same minute may take back several versions of one entry. */
function fewOf(text: string): string {
  let sum = 0
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return sum.toString(16)
}

const ofThePerson: ReadonlySet<Failure['kind']> = new Set([
  ...(['vault-locked', 'vault-missing', 'credential-unknown', 'sudo-refused', 'privilege-not-agreed'] as const),
])

/** Trying again gives the same answer until somebody has done something about it. */
function waitsForPerson(failure: Failure | undefined): boolean {
  return failure !== undefined && (needsPerson(failure) || ofThePerson.has(failure.kind))
}

function ofWaiting({ head, waits, sinceMs }: WaitingRun, { at }: Naming): Notification {
  const { planId, address, purpose, startedAt } = head
  return {
    id: `${planId}-${startedAt}-waits-${waits}-${sinceMs}`,
    atMs: sinceMs,
    about: { kind: 'run-waits', place: at(address), planId, subject: subjectOf(purpose), waits },
  }
}

function ofAcceptance(one: AcceptanceHead, { at }: Naming): Notification {
  const { acceptanceId, verdict, appliance } = one
  return {
    id: acceptanceId,
    atMs: endMs(one),
    about: { kind: 'acceptance', place: at(appliance), acceptanceId, verdict },
  }
}

/** Those of each day are said by an alert where they fail, and otherwise by nobody. */
function isWorthSaying({ cause }: CanaryHead): boolean {
  return cause !== 'schedule'
}

function ofCanary(one: CanaryHead, { at }: Naming): Notification {
  const { canaryId, subject, verdict, end, failed, asked } = one
  const { deployment } = subject
  return {
    id: canaryId,
    atMs: endMs(one),
    about: { kind: 'canary', place: at(subject), canaryId, deployment, verdict, end, failed, asked },
  }
}

function endMs({ startedAt, seconds }: { readonly startedAt: string; readonly seconds: number }): number {
  return Math.round(Date.parse(startedAt) + seconds * 1000)
}

function ofChannel({ channel, trouble }: ChannelState): Notification[] {
  if (trouble === undefined) return []
  const { problem, sinceMs } = trouble
  return [{ id: `channel-${channel}-${sinceMs}`, atMs: sinceMs, about: { kind: 'channel', channel, problem } }]
}
