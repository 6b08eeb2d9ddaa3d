// The time axis with what happened on it: a mark for each run and alert, and the same as a list in words.
import { useTranslation } from 'react-i18next'
import { alertTitle } from '../../../../shared/words/alert-text.ts'
import { severityMarks } from '../../../console/alerts-now.ts'
import { useWords } from '../../../console/console-context.tsx'
import { purposeText } from '../../../console/purpose-text.ts'
import { type MarkState, VerdictShape } from '../../../ui/verdict-mark.tsx'
import { useAxisText } from './axis-text.ts'
import type { HistoryEvent } from './events.ts'
import type { Span } from './time-range.ts'

export type EventStripProps = { readonly span: Span; readonly events: readonly HistoryEvent[] }

const mostListed = 50
const mostMarks = 200

export function EventStrip({ span, events }: EventStripProps) {
  const { t } = useTranslation()
  const axisText = useAxisText(span)
  const textOf = useEventText(span)
  const { fromMs, toMs } = span
  const listed = events.slice(-mostListed)
  const rest = events.length - listed.length
  return (
    <section className="rs-events" aria-label={t('history.events')} data-testid="history-events">
      <div className="rs-events-axis" aria-hidden="true">
        {events.slice(-mostMarks).map((event) => (
          <span
            key={event.id}
            title={`${axisText(event.atMs)} · ${textOf(event)}`}
            style={{ left: `${((event.atMs - fromMs) / (toMs - fromMs)) * 100}%` }}
          >
            <VerdictShape state={markOf(event)} size={12} />
          </span>
        ))}
      </div>
      <div className="rs-events-ends" aria-hidden="true">
        {[fromMs, (fromMs + toMs) / 2, toMs].map((at) => (
          <span key={at}>{axisText(at)}</span>
        ))}
      </div>
      {events.length === 0 ? (
        <p className="rs-events-head">{t('history.eventsNone')}</p>
      ) : (
        <details>
          <summary className="rs-events-head">{t('history.eventsCount', { count: events.length })}</summary>
          <ul>
            {listed.map((event) => (
              <li key={event.id}>
                <VerdictShape state={markOf(event)} size={12} /> <time>{axisText(event.atMs)}</time> {textOf(event)}
              </li>
            ))}
            {rest > 0 ? <li className="rs-muted">{t('history.eventsMore', { count: rest })}</li> : null}
          </ul>
        </details>
      )}
    </section>
  )
}

const runMarks = { running: 'working', done: 'healthy', failed: 'down', cancelled: 'unknown' } as const

function markOf(event: HistoryEvent): MarkState {
  return event.is === 'run' ? runMarks[event.run.state] : severityMarks[event.severity]
}

function useEventText(span: Span): (event: HistoryEvent) => string {
  const { t } = useTranslation()
  const words = useWords()
  const axisText = useAxisText(span)
  return (event) => {
    if (event.is === 'run') {
      const { purpose, state } = event.run
      const what = t('history.run', { what: purposeText(t, purpose) })
      return words.cli.list([what, t(`history.runStates.${state}`)])
    }
    const { alert } = event
    const what = words.cli.pair(t(`alerts.severity.${alert.severity}`), alertTitle(alert, words))
    return alert.over === undefined
      ? t('history.alertGoing', { what })
      : t('history.alertUntil', { what, time: axisText(alert.over.atMs) })
  }
}
