// A run that stopped before its end: by a person or by a failure, with the reason and the way to go on.
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import { useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { HeldParts } from '../../console/held-parts.tsx'
import { stepIdText } from '../../console/step-words.ts'
import { Panel } from '../../ui/panel.tsx'
import { ContinueButton, type Continuing } from './continue-run.tsx'
import { copiedOf } from './copying.ts'
import { CopyingBar } from './copying-bar.tsx'
import { railSteps } from './rail-steps.ts'
import { RunCounts } from './run-counts.tsx'
import { RunLedger } from './run-ledger.tsx'
import type { RunEnd, RunState } from './run-state.ts'
import { SetupColumns } from './setup-columns.tsx'

export type RunStoppedProps = {
  readonly plan: Plan
  readonly run: RunState
  readonly progress: RunProgress | undefined
  readonly end: RunEnd
  readonly failure: Failure
  readonly continuing: Continuing
  readonly onLogIn: () => void
}

export function RunStopped({ plan, run, progress, end, failure, continuing, onLogIn }: RunStoppedProps) {
  const { t } = useTranslation()
  const paused = failure.kind === 'cancelled'
  return (
    <SetupColumns
      steps={railSteps(t, {
        act: plan.purpose.act,
        now: 'progress',
        failed: !paused,
        notes: { progress: t(paused ? 'setup.rail.paused' : 'setup.rail.failed') },
      })}
      title={useStoppedTitle(plan, run, paused)}
      lead={paused ? t('setup.run.ended.pausedLead') : undefined}
      aside={
        <Panel title={t('setup.run.ended.thisRun')} testId="next">
          <RunCounts end={end} />
          <ContinueButton {...continuing} />
        </Panel>
      }
    >
      {paused ? null : (
        <div className="su-said">
          <FailureNote failure={failure} onLogIn={onLogIn} />
        </div>
      )}
      {end.held === undefined ? null : (
        <div className="su-said">
          <HeldParts held={end.held} />
        </div>
      )}
      {progress === undefined ? null : (
        <CopyingBar copied={copiedOf(plan, run.steps, progress)} rate={undefined} lost={false} />
      )}
      <RunLedger plan={plan} run={run} progress={progress} />
    </SetupColumns>
  )
}

function useStoppedTitle({ steps }: Plan, run: RunState, paused: boolean): string {
  const { t } = useTranslation()
  const words = useWords()
  if (paused) {
    const ended = [...run.steps.values()].filter(({ state }) => state !== 'failed').length
    return t('setup.run.ended.paused', { number: Math.min(steps.length, ended + 1), of: steps.length })
  }
  const failed = [...run.steps].find(([, look]) => look.state === 'failed')?.[0]
  return failed === undefined
    ? t('setup.run.ended.failedBare')
    : t('setup.run.ended.failed', { step: stepIdText(failed, words) })
}
