// Alerts that are over: what, where, from when on and how long, who was at it and how it ended; each opens its report. The
// newest first.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ShownAlert } from '../../../shared/contract/alerts.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { severityMarks } from '../../console/alerts-now.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { PrintPage } from '../../console/print-page.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useAlertFacts, useFullTime } from './alert-facts.ts'

const mostRows = 200

type PastProps = { readonly only: string | undefined; readonly onReport: (id: string) => void }

export function PastPart({ only, onReport }: PastProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['alerts.history'], ask: () => product.alerts.history({}) })
  if (answer.state === 'waiting') return <Loading label={t('alerts.loading')} />
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} onRetry={askAgain} />
  const past = only === undefined ? answer.value : answer.value.filter(({ name }) => name === only)
  if (past.length === 0) return <EmptyState title={t('alerts.pastTitle')}>{t('alerts.pastEmpty')}</EmptyState>
  return <PastTable past={past} onReport={onReport} />
}

type TableProps = Pick<PastProps, 'onReport'> & { readonly past: readonly ShownAlert[] }

function PastTable({ past, onReport }: TableProps) {
  const { t } = useTranslation()
  const { alerts } = useWords()
  const language = useLanguage()
  const fullTime = useFullTime()
  const rest = past.length - mostRows
  return (
    <Panel title={t('alerts.pastTitle')} actions={<PrintPage name="rackside-alerts" />}>
      <div className="rs-alert-past">
        <DataTable
          testId="past-alerts"
          caption={t('alerts.pastTitle')}
          columns={[
            { id: 'what', name: t('alerts.what'), align: 'start' },
            { id: 'where', name: t('alerts.where'), align: 'start' },
            { id: 'from', name: t('alerts.from'), align: 'start' },
            { id: 'lasted', name: t('alerts.lasted') },
            { id: 'who', name: t('alerts.whoAcknowledged'), align: 'start' },
            { id: 'how', name: t('alerts.how'), align: 'start' },
            { id: 'report', name: t('alerts.report'), align: 'start' },
          ]}
          rows={past.slice(0, mostRows).map((one) => ({
            id: one.id,
            cells: [
              <What key="what" one={one} />,
              one.name,
              fullTime(one.sinceMs),
              one.over === undefined ? '–' : durationText(one.over.atMs - one.sinceMs, language),
              one.acknowledged?.by ?? t('alerts.nobody'),
              one.over === undefined ? '–' : alerts.over[one.over.how],
              <OpenReport key="report" one={one} onReport={onReport} />,
            ],
          }))}
        />
      </div>
      {rest > 0 ? <p className="rs-muted">{t('alerts.pastRest', { count: rest })}</p> : null}
    </Panel>
  )
}

function What({ one }: { readonly one: ShownAlert }) {
  const { t } = useTranslation()
  const { title } = useAlertFacts(one)
  return (
    <VerdictMark state={severityMarks[one.severity]} word={t(`alerts.severity.${one.severity}`)}>
      <span className="rs-alert-title">{title}</span>
    </VerdictMark>
  )
}

function OpenReport({ one, onReport }: Pick<PastProps, 'onReport'> & { readonly one: ShownAlert }) {
  const { t } = useTranslation()
  const { title } = useAlertFacts(one)
  return (
    <Button size="small" aria-label={t('alerts.reportOf', { title })} onClick={() => onReport(one.id)}>
      {t('alerts.report')}
    </Button>
  )
}
