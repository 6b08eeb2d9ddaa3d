// The runs of this console, newest first; each leads to its progress or its end.
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ListedAppliance } from '../../../shared/contract/appliances.ts'
import { addressText } from '../../../shared/domain/appliance.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLinkState, useWords } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { purposeText } from '../../console/purpose-text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { type MarkState, VerdictMark } from '../../ui/verdict-mark.tsx'
import { ApprovalsPanel, type ApprovalsPanelProps } from './approvals-panel.tsx'
import './runs.css'

export type RunsScreenProps = {
  readonly onOpenRun: (name: string, planId: string) => void
  readonly onAppliances: () => void
} & ApprovalsPanelProps

const askEveryMs = 5000

export function RunsScreen({ onOpenRun, onAppliances, onPlan }: RunsScreenProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const runs = useAnswer({ key: ['setup.runs'], ask: () => product.setup.runs({}), everyMs: askEveryMs })
  const list = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) }).answer
  const linked = useLinkState().state === 'open'
  const { answer } = runs
  if (answer.state === 'waiting') return <Page title={t('runs.reading')} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('frame.runs')}>
        <FailureNote failure={answer.failure} onRetry={runs.askAgain} />
      </Page>
    )
  }
  if (answer.value.length === 0) return <NoRuns onAppliances={onAppliances} onPlan={onPlan} />
  const sure = linked && answer.problem === undefined
  const going = answer.value.filter(({ state }) => state === 'running').length
  const saved = list.state === 'answered' ? list.value : []
  return (
    <Page title={titleOf(t, going, sure)} lead={t('runs.lead')}>
      <div className="rs-stack">
        <ApprovalsPanel onPlan={onPlan} />
        <ul className="rs-runs" aria-label={t('runs.list')}>
          {answer.value.map((run) => (
            <RunRow
              key={`${run.planId} ${run.startedAt}`}
              run={run}
              sure={sure}
              appliance={applianceOf(run, saved)}
              onOpenRun={onOpenRun}
            />
          ))}
        </ul>
      </div>
    </Page>
  )
}

function titleOf(t: TFunction, going: number, sure: boolean): string {
  if (going === 0) return t('runs.none')
  return sure ? t('runs.going', { count: going }) : t('runs.unsure')
}

function applianceOf({ address }: ConsoleRun, saved: readonly ListedAppliance[]): ListedAppliance | undefined {
  return saved.find((one) => one.address.host === address.host && one.address.port === address.port)
}

const marks: { readonly [S in ConsoleRun['state']]: MarkState } = {
  running: 'working',
  done: 'healthy',
  failed: 'down',
  cancelled: 'unknown',
}

type RunRowProps = {
  readonly run: ConsoleRun
  /** The console confirmed it just now. */
  readonly sure: boolean
  /** Undefined: the appliance is not saved any more. */
  readonly appliance: ListedAppliance | undefined
  readonly onOpenRun: RunsScreenProps['onOpenRun']
}

function RunRow({ run, sure, appliance, onOpenRun }: RunRowProps) {
  const { t, i18n } = useTranslation()
  const words = useWords()
  const name = appliance?.name
  const where = name ?? addressText(run.address)
  const time = new Date(run.startedAt).toLocaleString(i18n.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    hour12: false,
  })
  // Done, and found in another state than healthy afterwards: that is what counts. An uninstall leaves nothing to find.
  const verdict = run.purpose.act === 'uninstall' ? undefined : run.verdict
  const mark = run.state === 'done' && verdict !== undefined ? verdict : marks[run.state]
  const lost = !sure && run.state === 'running'
  return (
    <li data-testid="run" data-state={run.state}>
      <div className="rs-run-state">
        <VerdictMark state={lost ? 'stale' : mark} word={t(`runs.state.${lost ? 'unsure' : run.state}`)}>
          {verdict === undefined ? undefined : <span className="rs-muted">{words.verdicts[verdict]}</span>}
        </VerdictMark>
      </div>
      <div className="rs-run-what">
        {t('runs.what', { what: purposeText(t, run.purpose), name: where })}{' '}
        {appliance?.demo === true ? <DemoChip /> : null}
        <small>{t('runs.began', { time })}</small>
      </div>
      {name === undefined ? (
        <span className="rs-muted">{t('runs.notSaved')}</span>
      ) : (
        <Button size="small" onClick={() => onOpenRun(name, run.planId)}>
          {t('runs.open')}
        </Button>
      )}
    </li>
  )
}

function NoRuns({ onAppliances, onPlan }: Pick<RunsScreenProps, 'onAppliances' | 'onPlan'>) {
  const { t } = useTranslation()
  return (
    <Page title={t('runs.none')}>
      <div className="rs-stack">
        <ApprovalsPanel onPlan={onPlan} />
        <EmptyState
          title={t('runs.emptyTitle')}
          action={<Button onClick={onAppliances}>{t('runs.toAppliances')}</Button>}
        >
          <p>{t('runs.emptyLead')}</p>
        </EmptyState>
      </div>
    </Page>
  )
}
