// The report of one alert, active or over: what it was in short, and what happened around it in order, to be read the next
// morning and put on paper.
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentReport } from '../../../shared/contract/alerts.ts'
import type { IncidentEvent } from '../../../shared/domain/incident.ts'
import { amountText } from '../../../shared/words/alert-text.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { incidentNotes, incidentText } from '../../../shared/words/incident-text.ts'
import { severityMarks } from '../../console/alerts-now.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { PrintPage } from '../../console/print-page.tsx'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useAlertFacts, useFullTime } from './alert-facts.ts'
import './alerts.css'

export type ReportScreenProps = { readonly id: string; readonly onBack: () => void }

export function ReportScreen({ id, onBack }: ReportScreenProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({
    key: ['alerts.report', id],
    ask: () => product.alerts.report({ alertId: id }),
  })
  const back = <Button onClick={onBack}>{t('alerts.reportBack')}</Button>
  if (answer.state === 'waiting') return <Page title={t('alerts.reportLoading')} actions={back} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('alerts.report')} actions={back}>
        <FailureNote failure={answer.failure} onRetry={askAgain} />
      </Page>
    )
  }
  return <Known report={answer.value} onBack={onBack} />
}

type KnownProps = Pick<ReportScreenProps, 'onBack'> & { readonly report: IncidentReport }

function Known({ report, onBack }: KnownProps) {
  const { t } = useTranslation()
  const { incident } = useWords()
  const fullTime = useFullTime()
  const { alert, demo, fromMs, untilMs } = report
  const { title } = useAlertFacts(alert)
  const notes = useNotes(report)
  return (
    <Page
      title={t('alerts.reportOf', { title })}
      lead={demo ? `${alert.name} · ${incident.demo}` : alert.name}
      actions={
        <>
          <Button onClick={onBack}>{t('alerts.reportBack')}</Button>
          <PrintPage name={`${alert.name}-${alert.id}`} />
        </>
      }
    >
      <div className="rs-stack">
        <Panel title={t('alerts.reportFacts')}>
          <Short report={report} />
        </Panel>
        <Panel title={t('alerts.reportEvents')}>
          <ol className="rs-incident" data-testid="incident" aria-label={t('alerts.reportEvents')}>
            {report.events.map((event) => (
              <Event key={keyOf(event)} event={event} />
            ))}
          </ol>
        </Panel>
        <Panel title={t('alerts.reportNotes')} testId="incident-notes">
          <ul className="rs-incident-notes">
            {[...notes, incident.span(fullTime(fromMs), fullTime(untilMs))].map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Panel>
      </div>
    </Page>
  )
}

function useNotes(report: IncidentReport): readonly string[] {
  const words = useWords()
  const { flaps } = report.alert
  return [...incidentNotes(report, report.alert, words), ...(flaps === 0 ? [] : [words.alerts.flapping(flaps)])]
}

function keyOf(event: IncidentEvent): string {
  const which = event.kind === 'act' ? event.entry.record.number : event.kind === 'other' ? event.id : ''
  return `${event.kind} ${event.atMs} ${event.kind === 'run' ? event.planId : which}`
}

function Short({ report: { alert, unit } }: { readonly report: IncidentReport }) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const fullTime = useFullTime()
  const { alerts, incident, cli } = words
  const { severity, sinceMs, firedMs, value, limit, acknowledged, over } = alert
  const ended = over === undefined ? t('alerts.reportOpen') : cli.list([fullTime(over.atMs), alerts.over[over.how]])
  const facts: readonly (readonly [ReactNode, ReactNode])[] = [
    [
      t('alertSetup.severity'),
      <VerdictMark key="s" state={severityMarks[severity]} word={t(`alerts.severity.${severity}`)} />,
    ],
    [t('alerts.where'), alert.name],
    [t('alerts.reportSince'), fullTime(sinceMs)],
    [t('alerts.reportRaised'), fullTime(firedMs)],
    [t('alerts.reportOver'), ended],
    ...(over === undefined ? [] : [[t('alerts.lasted'), durationText(over.atMs - sinceMs, language)] as const]),
    ...(unit === 'state'
      ? []
      : [
          [incident.lastValue, amountText(value, unit, words)] as const,
          [alerts.labels.limit, amountText(limit, unit, words)] as const,
        ]),
    [
      t('alerts.whoAcknowledged'),
      acknowledged === undefined ? t('alerts.nobody') : cli.list([acknowledged.by, fullTime(acknowledged.atMs)]),
    ],
  ]
  return <FactList facts={facts.map(([label, shown]) => ({ label, value: known(shown) }))} />
}

const main: ReadonlySet<IncidentEvent['kind']> = new Set(['began', 'over'])

function Event({ event }: { readonly event: IncidentEvent }) {
  const words = useWords()
  const fullTime = useFullTime()
  const { text, note } = incidentText(event, words, fullTime)
  return (
    <li data-kind={event.kind}>
      <time dateTime={new Date(event.atMs).toISOString()}>{fullTime(event.atMs)}</time>
      <div>
        <p className={main.has(event.kind) ? 'rs-incident-main' : undefined}>{text}</p>
        {note === '' ? null : <p className="rs-muted">{note}</p>}
      </div>
    </li>
  )
}
