// The alerts of now, as several places show them: asked again and again, since they come and go by themselves.
import type { AlertsNow, ShownAlert } from '../../shared/contract/alerts.ts'
import type { AlertSeverity } from '../../shared/domain/alert.ts'
import type { MarkState } from '../ui/verdict-mark.tsx'
import { type Answer, useAnswer } from './answers.ts'
import { useConsole } from './console-context.tsx'

const askEveryMs = 10_000

export function useAlertsNow(): { readonly answer: Answer<AlertsNow>; readonly askAgain: () => void } {
  const { product } = useConsole()
  return useAnswer({ key: ['alerts.list'], ask: () => product.alerts.list({}), everyMs: askEveryMs })
}

/** Nobody is at it, and nobody said that it does not count now. */
export function wantsSomebody({ acknowledged, isQuiet, over }: ShownAlert): boolean {
  return acknowledged === undefined && !isQuiet && over === undefined
}

export const severityMarks: { readonly [S in AlertSeverity]: MarkState } = {
  critical: 'down',
  warning: 'degraded',
  info: 'note',
}

const ranks: { readonly [S in AlertSeverity]: number } = { critical: 0, warning: 1, info: 2 }

/** The worst first; among equals the one that lasts longest. */
export function byNeed(a: ShownAlert, b: ShownAlert): number {
  return ranks[a.severity] - ranks[b.severity] || a.sinceMs - b.sinceMs || a.id.localeCompare(b.id)
}

export function worstSeverity(alerts: readonly ShownAlert[]): AlertSeverity | undefined {
  return [...alerts].sort(byNeed)[0]?.severity
}
