// Alerts that are over: what, where, from when to when, and how it ended. The newest first.
import { useTranslation } from 'react-i18next'
import type { ShownAlert } from '../../../shared/contract/alerts.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { severityMarks } from '../../console/alerts-now.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useClockText } from '../../console/verdict-time.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useAlertFacts } from './alert-facts.ts'

const mostRows = 200

export function PastPart({ only }: { readonly only: string | undefined }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['alerts.history'], ask: () => product.alerts.history({}) })
  if (answer.state === 'waiting') return <Loading label={t('alerts.loading')} />
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} onRetry={askAgain} />
  const past = only === undefined ? answer.value : answer.value.filter(({ name }) => name === only)
  if (past.length === 0) return <EmptyState title={t('alerts.pastTitle')}>{t('alerts.pastEmpty')}</EmptyState>
  return <PastTable past={past} />
}

function PastTable({ past }: { readonly past: readonly ShownAlert[] }) {
  const { t } = useTranslation()
  const { alerts } = useWords()
  const language = useLanguage()
  const clockText = useClockText()
  const rest = past.length - mostRows
  return (
    <Panel title={t('alerts.pastTitle')}>
      <DataTable
        testId="past-alerts"
        caption={t('alerts.pastTitle')}
        columns={[
          { id: 'what', name: t('alerts.what'), align: 'start' },
          { id: 'where', name: t('alerts.where'), align: 'start' },
          { id: 'from', name: t('alerts.from'), align: 'start' },
          { id: 'lasted', name: t('alerts.lasted') },
          { id: 'how', name: t('alerts.how'), align: 'start' },
        ]}
        rows={past.slice(0, mostRows).map((one) => ({
          id: one.id,
          cells: [
            <What key="what" one={one} />,
            one.name,
            clockText(one.sinceMs),
            one.over === undefined ? '–' : durationText(one.over.atMs - one.sinceMs, language),
            one.over === undefined ? '–' : alerts.over[one.over.how],
          ],
        }))}
      />
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
