// What fits: a plan for each solution of a bundle, all from one look at the appliance, those that fit first.
// The first of them is marked; choosing one changes only what the right side says would happen.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { SetUpPlan } from '../../../shared/domain/plan.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage } from '../../console/console-context.tsx'
import { useIsDemo } from '../../console/demo/demo-mark.tsx'
import { AheadPanel, LookingPanel } from './ahead-panel.tsx'
import { BundleChoice, NoBundles, UnusableBundles } from './bundle-choice.tsx'
import { type Bundles, bundlesFor, useBundles, useSolutionTitle } from './bundles.ts'
import { railSteps } from './rail-steps.ts'
import { SetupColumns } from './setup-columns.tsx'
import type { SetupScreenProps } from './setup-screen.tsx'
import { SolutionCard } from './solution-card.tsx'
import { StepFailure } from './step-failure.tsx'
import { useElapsed } from './use-elapsed.ts'

export type ProposalStepProps = SetupScreenProps & {
  readonly target: Target
  readonly onReview: (planId: string) => void
}

export function ProposalStep(props: ProposalStepProps) {
  const { t } = useTranslation()
  const { answer, askAgain } = useBundles()
  const isDemo = useIsDemo(props.name)
  const [wanted, setWanted] = useState(props.wanted?.bundleId)
  const steps = useProposalRail(props)
  if (answer.state === 'answered' && isDemo !== undefined) {
    const bundles = bundlesFor(answer.value, isDemo)
    const chosen = bundles.usable.find((one) => one.bundleId === wanted) ?? bundles.usable[0]
    if (chosen !== undefined) {
      // A new bundle is a new question: nothing chosen in the one before is kept.
      return (
        <Proposal key={chosen.bundleId} {...props} bundles={bundles} bundleId={chosen.bundleId} onBundle={setWanted} />
      )
    }
    return (
      <SetupColumns steps={steps} title={t('setup.proposal.titleChoose')} aside={<LookingPanel />}>
        <NoBundles onChoose={setWanted} onLookAgain={askAgain} />
        <UnusableBundles bundles={bundles} />
      </SetupColumns>
    )
  }
  const failed = answer.state === 'failed'
  return (
    <SetupColumns
      steps={steps}
      title={t(failed ? 'setup.proposal.listFailed' : 'setup.proposal.titleChoose')}
      aside={<LookingPanel />}
    >
      {failed ? <StepFailure failure={answer.failure} onRetry={askAgain} /> : null}
    </SetupColumns>
  )
}

function useProposalRail({ onStep }: Pick<SetupScreenProps, 'onStep'>, failed = false) {
  const { t } = useTranslation()
  return railSteps(t, {
    now: 'proposal',
    failed,
    onStep: { connect: () => onStep('connect'), found: () => onStep('found') },
  })
}

type ProposalProps = ProposalStepProps & {
  readonly bundles: Bundles
  readonly bundleId: string
  readonly onBundle: (bundleId: string) => void
}

function Proposal({
  name,
  target,
  bundles,
  bundleId,
  onBundle,
  onStep,
  onReview,
  onLogIn,
  wanted: before,
}: ProposalProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const language = useLanguage()
  const { answer, asking, askAgain } = useAnswer({
    key: ['setup.propose', name, bundleId],
    ask: () => product.setup.propose({ target, bundleId }),
  })
  const [wanted, setWanted] = useState(before?.solution)
  const elapsed = durationText(useElapsed(asking), language)
  const steps = useProposalRail({ onStep }, answer.state === 'failed')
  const choice = <BundleChoice bundles={bundles} chosen={bundleId} onChoose={onBundle} />
  const rest = <UnusableBundles bundles={bundles} />
  if (answer.state !== 'answered') {
    const failed = answer.state === 'failed' && !asking
    return (
      <SetupColumns
        steps={steps}
        title={t(failed ? 'setup.proposal.failed' : 'setup.proposal.titleLooking')}
        lead={failed ? t('setup.connect.failedLead') : t('setup.proposal.leadLooking')}
        aside={<LookingPanel />}
      >
        {choice}
        {failed ? (
          <StepFailure failure={answer.failure} onRetry={askAgain} onLogIn={onLogIn} />
        ) : (
          <p className="rs-muted">{t('setup.connect.elapsed', { time: elapsed })}</p>
        )}
        {rest}
      </SetupColumns>
    )
  }
  const plans = answer.value
  const fitting = plans.filter((plan) => plan.blockers.length === 0)
  const chosen = fitting.find((plan) => plan.purpose.solution === wanted) ?? fitting[0]
  const lead = t('setup.proposal.lead', { fitting: fitting.length, all: plans.length })
  return (
    <SetupColumns
      steps={steps}
      title={t(chosen === undefined ? 'setup.proposal.titleNone' : 'setup.proposal.title')}
      lead={chosen === undefined ? t('setup.proposal.leadNone') : lead}
      aside={<Ahead plan={chosen} bundles={bundles} looking={asking} onLookAgain={askAgain} onReview={onReview} />}
    >
      {choice}
      {answer.problem === undefined ? null : (
        <StepFailure failure={answer.problem} onRetry={askAgain} onLogIn={onLogIn} />
      )}
      <Cards plans={plans} chosen={chosen} onChoose={setWanted} target={target} onReview={onReview} />
      {rest}
    </SetupColumns>
  )
}

type CardsProps = {
  readonly plans: readonly SetUpPlan[]
  readonly chosen: SetUpPlan | undefined
  readonly onChoose: (solution: string) => void
} & Pick<ProposalProps, 'target' | 'onReview'>

function Cards({ plans, chosen, onChoose, ...rest }: CardsProps) {
  const { t } = useTranslation()
  const titleOf = useSolutionTitle()
  const best = plans.find((plan) => plan.blockers.length === 0)
  return (
    <fieldset className="su-cards" aria-label={t('setup.proposal.solutions')}>
      {plans.map((plan) => (
        <SolutionCard
          key={plan.purpose.solution}
          plan={plan}
          named={titleOf(plan.purpose.bundleId, plan.purpose.solution)}
          best={plan === best && plans.length > 1}
          chosen={plan === chosen}
          onChoose={() => onChoose(plan.purpose.solution)}
          {...rest}
        />
      ))}
    </fieldset>
  )
}

type AheadProps = {
  readonly plan: SetUpPlan | undefined
  readonly bundles: Bundles
  readonly looking: boolean
  readonly onLookAgain: () => void
  readonly onReview: (planId: string) => void
}

function Ahead({ plan, bundles, looking, onLookAgain, onReview }: AheadProps) {
  const { t } = useTranslation()
  if (plan === undefined) {
    return (
      <LookingPanel>
        <Button type="primary" loading={looking} onClick={onLookAgain}>
          {t('setup.proposal.lookAgain')}
        </Button>
      </LookingPanel>
    )
  }
  const bundle = bundles.usable.find((one) => one.bundleId === plan.purpose.bundleId)?.name
  return (
    <AheadPanel plan={plan} bundle={bundle}>
      <Button type="primary" disabled={looking} onClick={() => onReview(plan.id)}>
        {t('setup.proposal.review')}
      </Button>
    </AheadPanel>
  )
}
