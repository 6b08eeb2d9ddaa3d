// The plan before it is approved: every change with its reason, what is known and not known about it, and one
// button. The plan is read as it was saved, so that what is approved is what is shown.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { dataFolderOf, isSetUp, type Plan } from '../../../shared/domain/plan.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { ProofView } from '../../console/proof/proof-view.tsx'
import { useProof } from '../../console/proof/use-proof.ts'
import { purposeText } from '../../console/purpose-text.ts'
import { Age } from '../../ui/age.tsx'
import { AheadPanel, LookingPanel } from './ahead-panel.tsx'
import { ApproveAct } from './approve-act.tsx'
import { useBeginRun } from './begin-run.ts'
import { BlockerList } from './blocker-list.tsx'
import { sortBundles, type UsableBundle, useBundles, useSolutionTitle } from './bundles.ts'
import { PlanChanges } from './plan-changes.tsx'
import { planSummary } from './plan-summary.ts'
import { railSteps } from './rail-steps.ts'
import { SetupColumns } from './setup-columns.tsx'
import type { SetupScreenProps } from './setup-screen.tsx'
import { StepFailure } from './step-failure.tsx'

export type ReviewStepProps = SetupScreenProps & { readonly target: Target; readonly planId: string }

export function ReviewStep(props: ReviewStepProps) {
  const { planId, onStep } = props
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({
    key: ['setup.readPlan', planId],
    ask: () => product.setup.readPlan({ planId }),
  })
  const steps = useReviewRail(props)
  if (answer.state === 'answered') {
    const Shown = planSummary(answer.value).changes.length === 0 ? NothingToDo : Review
    return <Shown {...props} plan={answer.value} />
  }
  const failed = answer.state === 'failed'
  const again = { label: t('setup.review.again'), onAct: () => onStep('proposal') }
  return (
    <SetupColumns
      steps={steps}
      title={t(failed ? 'setup.review.noSuchPlan' : 'setup.review.loading')}
      aside={<LookingPanel />}
    >
      {failed ? <StepFailure failure={answer.failure} onRetry={askAgain} acts={[again]} /> : null}
    </SetupColumns>
  )
}

function useReviewRail({ onStep }: Pick<SetupScreenProps, 'onStep'>) {
  const { t } = useTranslation()
  const back = { connect: () => onStep('connect'), found: () => onStep('found'), proposal: () => onStep('proposal') }
  return railSteps(t, { now: 'review', onStep: back })
}

type WithPlan = ReviewStepProps & { readonly plan: Plan }

function useTitles({ plan, name }: WithPlan) {
  const { t } = useTranslation()
  const titleOf = useSolutionTitle()
  const { purpose } = plan
  const bundle = useBundleOf(plan)?.name
  if (purpose.act !== 'set-up') return { title: t('runs.what', { what: purposeText(t, purpose), name }), bundle }
  const solution = titleOf(purpose.bundleId, purpose.solution).title
  return { solution, title: t('setup.review.title', { solution, name }), bundle }
}

function useBundleOf(plan: Plan): UsableBundle | undefined {
  const { answer } = useBundles()
  if (answer.state !== 'answered' || !isSetUp(plan)) return undefined
  return sortBundles(answer.value).usable.find((one) => one.bundleId === plan.purpose.bundleId)
}

function Review(props: WithPlan) {
  const { plan, target, onStep, onApproved, onLogIn } = props
  const { t } = useTranslation()
  const { title, bundle } = useTitles(props)
  const { beginning, failure, begin } = useBeginRun({ target, plan, onBegun: onApproved })
  const summary = planSummary(plan)
  const blocked = plan.blockers.length > 0
  const folder = dataFolderOf(plan)
  const counts = { changes: summary.changes.length, already: summary.alreadyTrue.length }
  const again = { label: t('setup.review.again'), onAct: () => onStep('proposal') }
  const approve = <ApproveAct plan={plan} beginning={beginning} onApprove={begin} />
  return (
    <SetupColumns
      steps={useReviewRail(props)}
      title={blocked ? t('setup.review.blockedTitle') : title}
      lead={blocked ? t('setup.review.blockedLead') : t('setup.review.lead', counts)}
      aside={
        blocked ? (
          <LookingPanel>
            <Button type="primary" onClick={again.onAct}>
              {again.label}
            </Button>
          </LookingPanel>
        ) : (
          <AheadPanel plan={plan} bundle={bundle}>
            {approve}
          </AheadPanel>
        )
      }
    >
      {failure === undefined ? null : (
        <div className="su-said">
          <StepFailure failure={failure} onLogIn={onLogIn} acts={[again]} />
        </div>
      )}
      {blocked ? <BlockerList blockers={plan.blockers} /> : null}
      {blocked ? null : <WhatIsKnown plan={plan} />}
      {blocked || folder === undefined ? null : (
        <p className="su-note">{t('setup.review.rollBackKeepsData', { folder })}</p>
      )}
      {blocked ? null : <PlanChanges {...summary} />}
      <PlanMark plan={plan} />
    </SetupColumns>
  )
}

function NothingToDo(props: WithPlan) {
  const { plan, target, onLeave } = props
  const { t } = useTranslation()
  const { solution, title } = useTitles(props)
  const summary = planSummary(plan)
  const proving = useProof(target)
  const asked = proving.phase !== 'not-asked'
  return (
    <SetupColumns
      steps={useReviewRail(props)}
      title={solution === undefined ? `${title}: ${t('common.none')}` : t('setup.review.nothingTitle', { solution })}
      lead={t('setup.review.nothingLead', { already: summary.alreadyTrue.length })}
      aside={
        <AheadPanel plan={plan}>
          <div className="rs-row">
            <Button type="primary" loading={proving.phase === 'running'} onClick={proving.start}>
              {t('setup.review.prove')}
            </Button>
            {asked ? <Button onClick={onLeave}>{t('setup.toAppliance')}</Button> : null}
          </div>
        </AheadPanel>
      }
    >
      {asked ? <ProofView {...proving} /> : null}
      <PlanChanges {...summary} />
      <PlanMark plan={plan} />
    </SetupColumns>
  )
}

/** Said in plain words, never as a badge: who vouches for it, and where it was tried. */
function WhatIsKnown({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const words = useWords()
  const { unproven } = planSummary(plan)
  const forDemo = useBundleOf(plan)?.demo === true
  const notes = [
    ...(!isSetUp(plan) || plan.purpose.signed ? [] : [t(forDemo ? 'demo.bundle' : 'setup.review.unsigned')]),
    ...(plan.others === undefined ? [] : [words.cli.otherDeployments(plan.others.join(', '))]),
    ...unproven.map(({ service, variant }) => t('setup.review.unproven', { service, variant })),
  ]
  if (notes.length === 0) return null
  return (
    <section className="su-part" data-testid="known">
      <h2>{t('setup.review.known')}</h2>
      <ul className="su-notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  )
}

function PlanMark({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  return (
    <p className="su-small">
      {t('setup.review.planId', { id: plan.id })} · {t('setup.review.made')} <Age atMs={Date.parse(plan.createdAt)} />
    </p>
  )
}
