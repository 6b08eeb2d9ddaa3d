// A run that ended: proven (the answer it gave), or stopped with the reason and the way to go on.
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { nothingProven, proofOfVerdict } from '../../console/proof/proof-state.ts'
import { ProofView } from '../../console/proof/proof-view.tsx'
import { useProof } from '../../console/proof/use-proof.ts'
import { stepIdText } from '../../console/step-words.ts'
import { FactList, known as shown } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ContinueButton, type Continuing } from './continue-run.tsx'
import { copiedOf } from './copying.ts'
import { CopyingBar } from './copying-bar.tsx'
import { railSteps } from './rail-steps.ts'
import { RunLedger } from './run-ledger.tsx'
import type { RunEnd, RunState } from './run-state.ts'
import { SetupColumns } from './setup-columns.tsx'

export type RunEndedProps = {
  readonly plan: Plan
  readonly run: RunState
  /** The newest that was heard of the copying, where this window was there to hear it. */
  readonly progress: RunProgress | undefined
  readonly end: RunEnd
  readonly target: Target
  /** Why nothing came after the end of the run, where something should have. */
  readonly unproven: Failure | undefined
  readonly continuing: Continuing
  readonly onDone: () => void
  readonly onLogIn: () => void
}

export function RunEnded(props: RunEndedProps) {
  const { failure } = props.end
  return failure === undefined ? <RunProof {...props} /> : <RunStopped {...props} failure={failure} />
}

function RunProof({ run, end, target, unproven, continuing, onDone }: RunEndedProps) {
  const { t } = useTranslation()
  const words = useWords()
  const { verified } = run
  const proving = useProof(target, verified === undefined ? nothingProven : proofOfVerdict(verified.verdict))
  const verdict = proving.phase === 'not-asked' ? verified?.verdict : proving.proof.verdict
  const stillToDo = verified?.stillToDo ?? []
  const again = proving.phase === 'running'
  const repair = !again && (verdict?.state === 'down' || stillToDo.length > 0)
  const well = !repair && verdict?.state === 'healthy'
  const title = again
    ? t('setup.run.proving')
    : verdict === undefined
      ? t('setup.run.ended.unproven')
      : t(`setup.run.ended.answers.${verdict.state}`)
  return (
    <SetupColumns
      steps={railSteps(t, { now: 'proof', finished: verdict?.state === 'healthy', failed: verdict?.state === 'down' })}
      title={title}
      lead={
        again
          ? undefined
          : verdict === undefined
            ? t('setup.run.ended.unprovenLead')
            : countedText(healthyOf(verdict), t)
      }
      aside={
        <Panel title={t('setup.run.ended.thisRun')} testId="next">
          <Counts end={end} />
          {repair ? <ContinueButton {...continuing} label={t('setup.review.again')} /> : null}
          <div className="su-act rs-row">
            <Button type={well ? 'primary' : 'default'} onClick={onDone}>
              {t('setup.run.ended.done')}
            </Button>
            <Button type={well || repair ? 'default' : 'primary'} onClick={proving.start} loading={again}>
              {t('setup.run.ended.proveAgain')}
            </Button>
          </div>
        </Panel>
      }
    >
      {stillToDo.length === 0 ? null : (
        <div className="su-said">
          <Panel tone="needs" title={t('setup.run.ended.stillToDo')} testId="still-to-do">
            <ul className="su-notes">
              {stillToDo.map((id) => (
                <li key={id}>{stepIdText(id, words)}</li>
              ))}
            </ul>
          </Panel>
        </div>
      )}
      {proving.phase === 'not-asked' && unproven !== undefined ? (
        <FailureNote failure={unproven} state="unknown" />
      ) : null}
      <ProofView {...proving} phase={proving.phase === 'not-asked' ? 'done' : proving.phase} />
    </SetupColumns>
  )
}

function countedText(counts: { readonly healthy: number; readonly all: number }, t: TFunction): string {
  return t(counts.healthy === counts.all ? 'setup.run.ended.countedAll' : 'setup.run.ended.counted', counts)
}

function healthyOf({ deployments }: ApplianceVerdict): { readonly healthy: number; readonly all: number } {
  return { healthy: deployments.filter(({ state }) => state === 'healthy').length, all: deployments.length }
}

type StoppedProps = RunEndedProps & { readonly failure: Failure }

function RunStopped({ plan, run, progress, end, failure, continuing, onLogIn }: StoppedProps) {
  const { t } = useTranslation()
  const words = useWords()
  const paused = failure.kind === 'cancelled'
  const failed = [...run.steps].find(([, look]) => look.state === 'failed')?.[0]
  const ended = [...run.steps.values()].filter(({ state }) => state !== 'failed').length
  const pausedAt = { number: Math.min(plan.steps.length, ended + 1), of: plan.steps.length }
  const title = paused
    ? t('setup.run.ended.paused', pausedAt)
    : failed === undefined
      ? t('setup.run.ended.failedBare')
      : t('setup.run.ended.failed', { step: stepIdText(failed, words) })
  return (
    <SetupColumns
      steps={railSteps(t, {
        now: 'progress',
        failed: !paused,
        notes: { progress: t(paused ? 'setup.rail.paused' : 'setup.rail.failed') },
      })}
      title={title}
      lead={paused ? t('setup.run.ended.pausedLead') : undefined}
      aside={
        <Panel title={t('setup.run.ended.thisRun')} testId="next">
          <Counts end={end} />
          <ContinueButton {...continuing} />
        </Panel>
      }
    >
      {paused ? null : (
        <div className="su-said">
          <FailureNote failure={failure} onLogIn={onLogIn} />
        </div>
      )}
      {progress === undefined ? null : (
        <CopyingBar copied={copiedOf(plan, run.steps, progress)} rate={undefined} lost={false} />
      )}
      <RunLedger plan={plan} run={run} progress={progress} />
    </SetupColumns>
  )
}

function Counts({ end }: { readonly end: RunEnd }) {
  const { t } = useTranslation()
  return (
    <FactList
      layout="apart"
      facts={[
        { label: t('setup.run.ended.changed'), value: shown(end.changed) },
        { label: t('setup.run.ended.unchanged'), value: shown(end.unchanged) },
        { label: t('setup.run.ended.sent'), value: shown(bytesText(end.sentBytes)) },
      ]}
    />
  )
}
