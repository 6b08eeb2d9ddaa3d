// What was done here: the newest run as the appliance's own journal tells it, and the runs of this console.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ConsoleRun, JournaledRun } from '../../../shared/domain/run.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { purposeText } from '../../console/purpose-text.ts'
import { stepIdText } from '../../console/step-words.ts'
import { useRetry } from '../../console/use-retry.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList, known } from '../../ui/fact-list.tsx'
import { Ledger, type LedgerRow } from '../../ui/ledger.tsx'
import { Panel } from '../../ui/panel.tsx'
import { type MarkState, VerdictMark } from '../../ui/verdict-mark.tsx'
import { Waiting } from './overview-tab.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'
import { useDateText } from './use-date-text.ts'

export type HistoryProps = {
  readonly appliance: ApplianceAnswers
  readonly onOpenRun: (planId: string) => void
}

export function HistoryTab({ appliance, onOpenRun }: HistoryProps) {
  return (
    <div className="rs-stack">
      <LastRun appliance={appliance} />
      <ConsoleRuns runs={appliance.runs} onOpenRun={onOpenRun} />
    </div>
  )
}

function LastRun({ appliance: { name, target } }: { readonly appliance: ApplianceAnswers }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const retry = useRetry(name)
  const { answer, askAgain } = useAnswer({
    key: ['setup.lastRun', name],
    ask: () => product.setup.lastRun({ target }),
  })
  if (answer.state === 'waiting') return <Waiting text={t('appliance.loading')} />
  if (answer.state === 'failed') {
    return (
      <Panel title={t('appliance.lastRun')} tone="absent">
        <FailureNote failure={answer.failure} state="unknown" onRetry={() => retry(askAgain)} />
      </Panel>
    )
  }
  if (answer.value === null) {
    return <EmptyState title={t('appliance.lastRunNone')}>{t('appliance.lastRunNoneLead')}</EmptyState>
  }
  return <RunPanel run={answer.value} />
}

const runMarks: { readonly [S in JournaledRun['state']]: MarkState } = {
  running: 'working',
  'broken-off': 'degraded',
  done: 'healthy',
  failed: 'down',
  cancelled: 'unknown',
}

function RunPanel({ run }: { readonly run: JournaledRun }) {
  const { t } = useTranslation()
  const dateText = useDateText()
  const rows = useStepRows(run)
  return (
    <Panel title={t('appliance.lastRun')} testId="last-run">
      <VerdictMark state={runMarks[run.state]} word={t(`appliance.runState.${run.state}`)}>
        {t(`appliance.runReason.${run.state}`)}
      </VerdictMark>
      <div className="rs-run">
        <Ledger rows={rows} label={t('appliance.steps')} />
        <FactList
          facts={[
            { label: t('appliance.beganAt'), value: known(dateText(run.beganAt)) },
            { label: t('appliance.by'), value: known(run.who) },
            { label: t('appliance.planId'), value: known(<code>{run.planId}</code>) },
          ]}
        />
      </div>
    </Panel>
  )
}

const stepStates = { done: 'done', already: 'already', failed: 'failed', undone: 'unknown' } as const

function useStepRows({ steps, state }: JournaledRun): readonly LedgerRow[] {
  const { t } = useTranslation()
  const words = useWords()
  return steps.map(({ step, outcome }, place) => {
    const open = state === 'running' && place === steps.length - 1 ? 'current' : 'unknown'
    const word = t(`appliance.outcome.${outcome ?? 'open'}`)
    return {
      id: `${place} ${step}`,
      state: outcome === undefined ? open : stepStates[outcome],
      stateWord: word,
      text: stepIdText(step, words),
      figures: [word],
    }
  })
}

type RunsProps = { readonly runs: readonly ConsoleRun[]; readonly onOpenRun: (planId: string) => void }

function ConsoleRuns({ runs, onOpenRun }: RunsProps) {
  const { t } = useTranslation()
  const words = useWords()
  const dateText = useDateText()
  return (
    <Panel title={t('appliance.consoleRuns')}>
      {runs.length === 0 ? (
        <p className="rs-muted">{t('appliance.consoleRunsNone')}</p>
      ) : (
        <DataTable
          caption={t('appliance.consoleRuns')}
          columns={[
            { id: 'began', name: t('appliance.beganAt'), align: 'start' },
            { id: 'solution', name: t('appliance.solution'), align: 'start' },
            { id: 'state', name: t('appliance.state'), align: 'start' },
            { id: 'found', name: t('appliance.found'), align: 'start' },
            { id: 'run', name: t('appliance.run') },
          ]}
          rows={runs.map((run) => ({
            id: `${run.planId} ${run.startedAt}`,
            cells: [
              dateText(run.startedAt),
              purposeText(t, run.purpose),
              <VerdictMark key="state" state={runMarks[run.state]} word={t(`appliance.runState.${run.state}`)} />,
              // An uninstall leaves nothing to find.
              run.verdict === undefined || run.purpose.act === 'uninstall' ? '–' : words.verdicts[run.verdict],
              <Button key="run" size="small" onClick={() => onOpenRun(run.planId)}>
                {t('appliance.openRunOf')}
              </Button>,
            ],
          }))}
        />
      )}
    </Panel>
  )
}
