// A run that came to its end: whether it answers, how what answers is used, and the answer it gave.
import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { isAsked } from '../../../shared/domain/deployment.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { nothingProven, proofOfVerdict } from '../../console/proof/proof-state.ts'
import { ProofView } from '../../console/proof/proof-view.tsx'
import { type Proving, useProof } from '../../console/proof/use-proof.ts'
import { PublishedSignIn } from '../../console/published-sign-in.tsx'
import { type Endpoint, Reach } from '../../console/reach/reach.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ContinueButton, type Continuing } from './continue-run.tsx'
import { railSteps } from './rail-steps.ts'
import { RunCounts, StillToDo } from './run-counts.tsx'
import type { RunEnd, RunState } from './run-state.ts'
import { SetupColumns, SetupSubject } from './setup-columns.tsx'

export type RunProofProps = {
  readonly plan: Plan
  readonly run: RunState
  readonly end: RunEnd
  readonly target: Target
  readonly unproven: Failure | undefined
  readonly continuing: Continuing
  readonly onDone: () => void
}

export function RunProof({ plan, run, end, target, unproven, continuing, onDone }: RunProofProps) {
  const { t } = useTranslation()
  const name = useContext(SetupSubject)
  const { verified } = run
  const proving = useProof(target, verified === undefined ? nothingProven : proofOfVerdict(verified.verdict))
  const verdict = proving.phase === 'not-asked' ? verified?.verdict : proving.proof.verdict
  const stillToDo = verified?.stillToDo ?? []
  const again = proving.phase === 'running'
  const repair = !again && (verdict?.state === 'down' || stillToDo.length > 0)
  return (
    <SetupColumns
      steps={railSteps(t, {
        act: plan.purpose.act,
        now: 'proof',
        finished: verdict?.state === 'healthy',
        failed: verdict?.state === 'down',
      })}
      {...(again ? { title: t('setup.run.proving') } : saidOf(verdict, t))}
      aside={
        <Panel title={t('setup.run.ended.thisRun')} testId="next">
          <RunCounts end={end} />
          {repair ? <ContinueButton {...continuing} label={t('setup.review.again')} /> : null}
          <ProofActs proving={proving} well={!repair && verdict?.state === 'healthy'} repair={repair} onDone={onDone} />
        </Panel>
      }
    >
      <StillToDo ids={stillToDo} />
      {proving.phase === 'not-asked' && unproven !== undefined ? (
        <FailureNote failure={unproven} state="unknown" />
      ) : null}
      {again || verdict === undefined ? null : (
        <div className="su-said">
          <Reach name={name} endpoints={endpointsOf(plan, verdict)} />
        </div>
      )}
      {again ? null : verdict?.deployments.map((one) => <PublishedSignIn key={one.deployment} verdict={one} named />)}
      <ProofView {...proving} phase={proving.phase === 'not-asked' ? 'done' : proving.phase} />
    </SetupColumns>
  )
}

function saidOf(
  verdict: ApplianceVerdict | undefined,
  t: TFunction,
): { readonly title: string; readonly lead: string } {
  if (verdict === undefined) {
    return { title: t('setup.run.ended.unproven'), lead: t('setup.run.ended.unprovenLead') }
  }
  const all = verdict.deployments.length
  const healthy = verdict.deployments.filter(({ state }) => state === 'healthy').length
  return {
    title: t(`setup.run.ended.answers.${verdict.state}`),
    lead: t(healthy === all ? 'setup.run.ended.countedAll' : 'setup.run.ended.counted', { healthy, all }),
  }
}

/** What this plan put there and answers. */
function endpointsOf({ steps }: Plan, { deployments }: ApplianceVerdict): readonly Endpoint[] {
  const answering = deployments.filter(({ state }) => state === 'healthy' || state === 'degraded')
  return steps.flatMap(({ spec }) =>
    spec.kind === 'container' &&
    isAsked(spec.proof) &&
    answering.some(({ deployment }) => deployment === spec.proof.deployment)
      ? [spec.proof]
      : [],
  )
}

type ActsProps = {
  readonly proving: Proving
  readonly well: boolean
  readonly repair: boolean
  readonly onDone: () => void
}

/** At most one of them is primary, and none where the repair is. */
function ProofActs({ proving, well, repair, onDone }: ActsProps) {
  const { t } = useTranslation()
  return (
    <div className="su-act rs-row">
      <Button type={well ? 'primary' : 'default'} onClick={onDone}>
        {t('setup.run.ended.done')}
      </Button>
      <Button
        type={well || repair ? 'default' : 'primary'}
        onClick={proving.start}
        loading={proving.phase === 'running'}
      >
        {t('setup.run.ended.proveAgain')}
      </Button>
    </div>
  )
}
