// One active alert: how bad, what, since when, what to do, and what can be said to it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ShownAlert } from '../../../shared/contract/alerts.ts'
import { severityMarks, wantsSomebody } from '../../console/alerts-now.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Lasting, useClockText } from '../../console/verdict-time.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useAlertFacts } from './alert-facts.ts'

export type AlertRowProps = {
  readonly one: ShownAlert
  readonly onSilence: (one: ShownAlert) => void
  readonly onReport: (id: string) => void
}

export function AlertRow({ one, onSilence, onReport }: AlertRowProps) {
  const { t } = useTranslation()
  const { alerts, cli } = useWords()
  const { title, amounts, notes, fix } = useAlertFacts(one)
  const needs = wantsSomebody(one)
  return (
    <li className={needs ? 'rs-alert' : 'rs-alert rs-alert-calm'} data-testid="alert" data-needs={needs}>
      <VerdictMark state={severityMarks[one.severity]} word={t(`alerts.severity.${one.severity}`)} />
      <div className="rs-alert-body">
        <h3>{title}</h3>
        <p className="rs-muted">
          <Since one={one} />
          {amounts === '' ? null : <span className="rs-alert-amounts"> · {amounts}</span>}
        </p>
        <p>{cli.pair(alerts.labels.fix, fix)}</p>
        {notes.map((note) => (
          <p key={note} className="rs-muted">
            {note}
          </p>
        ))}
      </div>
      <RowActs {...{ one, title, onSilence, onReport }} />
    </li>
  )
}

function Since({ one: { sinceMs } }: { readonly one: ShownAlert }) {
  const { t } = useTranslation()
  const clockText = useClockText()
  return (
    <>
      {t('alerts.since', { time: clockText(sinceMs) })}{' '}
      <Lasting since={new Date(sinceMs).toISOString()} say={(span) => `· ${t('alerts.lasting', { span })}`} />
    </>
  )
}

type ActsProps = AlertRowProps & { readonly title: string }

function RowActs({ one, title, onSilence, onReport }: ActsProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const acknowledge = () =>
    act.begin(
      'alerts.acknowledge',
      () => product.alerts.acknowledge({ alertId: one.id }),
      () => outdate('alerts.list'),
    )
  return (
    <>
      <div className="rs-alert-acts">
        {one.acknowledged === undefined ? (
          <Button
            size="small"
            title={t('alerts.acknowledgeHint')}
            aria-label={cli.pair(t('alerts.acknowledge'), title)}
            loading={act.busy}
            onClick={acknowledge}
          >
            {t('alerts.acknowledge')}
          </Button>
        ) : null}
        {one.isQuiet ? null : (
          <Button size="small" aria-label={cli.pair(t('alerts.silence'), title)} onClick={() => onSilence(one)}>
            {t('alerts.silence')}
          </Button>
        )}
        <Button size="small" aria-label={t('alerts.reportOf', { title })} onClick={() => onReport(one.id)}>
          {t('alerts.report')}
        </Button>
      </div>
      {act.failure === undefined ? null : (
        <div className="rs-alert-failure">
          <FailureNote failure={act.failure} />
        </div>
      )}
    </>
  )
}
