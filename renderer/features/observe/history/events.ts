// What happened to an appliance in a time: runs that began and alerts that were active, in order of time.
import type { ShownAlert } from '../../../../shared/contract/alerts.ts'
import type { AlertSeverity } from '../../../../shared/domain/alert.ts'
import type { ConsoleRun } from '../../../../shared/domain/run.ts'
import type { Span } from './time-range.ts'

export type HistoryEvent =
  | { readonly is: 'run'; readonly id: string; readonly atMs: number; readonly run: ConsoleRun }
  | {
      readonly is: 'alert'
      readonly id: string
      readonly atMs: number
      readonly alert: ShownAlert
      readonly severity: AlertSeverity
    }

export type EventSources = { readonly runs: readonly ConsoleRun[]; readonly alerts: readonly ShownAlert[] }

/** An alert that began before is marked where the time begins. */
export function eventsIn({ runs, alerts }: EventSources, { fromMs, toMs }: Span): readonly HistoryEvent[] {
  const began = runs
    .map(
      (run): HistoryEvent => ({
        is: 'run',
        id: `run ${run.planId} ${run.startedAt}`,
        atMs: Date.parse(run.startedAt),
        run,
      }),
    )
    .filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
  const active = alerts
    .filter(({ sinceMs, over }) => sinceMs <= toMs && (over?.atMs ?? toMs) >= fromMs)
    .map(
      (alert): HistoryEvent => ({
        ...{ is: 'alert', id: alert.id, atMs: Math.max(fromMs, alert.sinceMs), alert, severity: alert.severity },
      }),
    )
  return [...began, ...active].sort((a, b) => a.atMs - b.atMs)
}
