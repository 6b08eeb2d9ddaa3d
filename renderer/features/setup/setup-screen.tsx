// One-click setup up to the press on "Install": looks at the appliance, shows what is inside, proposes, lets the
// plan be reviewed. The step and the plan stand in the address, so that a reload or another window is at the
// same place; nothing here changes an appliance but that one press.
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLanguage } from '../../console/console-context.tsx'
import { useRetry } from '../../console/use-retry.ts'
import { useSaved } from '../../console/use-saved.ts'
import { LookingPanel } from './ahead-panel.tsx'
import { FoundStep } from './found-step.tsx'
import { ProposalStep } from './proposal-step.tsx'
import { railSteps } from './rail-steps.ts'
import { ReviewStep } from './review-step.tsx'
import { SetupColumns, SetupSubject } from './setup-columns.tsx'
import { StepFailure } from './step-failure.tsx'
import { useElapsed } from './use-elapsed.ts'
import { WatchOnlyStep } from './watch-only-step.tsx'

export type SetupStep = 'connect' | 'found' | 'proposal' | 'review'

export type SetupScreenProps = {
  readonly name: string
  readonly step: SetupStep
  /** The plan to review. */
  readonly planId?: string | undefined
  /** What was chosen before, in the catalog. */
  readonly wanted?: { readonly bundleId: string | undefined; readonly solution: string | undefined }
  readonly onStep: (step: SetupStep, planId?: string) => void
  /** The run of this plan has begun. */
  readonly onApproved: (planId: string) => void
  readonly onLogIn: () => void
  readonly onLeave: () => void
  /** To where what goes back and what takes away is planned. */
  readonly onUpkeep: () => void
}

export function SetupScreen(props: SetupScreenProps) {
  return (
    <SetupSubject value={props.name}>
      <Step {...props} />
    </SetupSubject>
  )
}

function Step(props: SetupScreenProps) {
  const { name, step, planId, onStep } = props
  const target: Target = { by: 'name', name }
  const saved = useSaved(name)
  if (saved?.watchOnly === true) return <WatchOnlyStep name={name} onLogIn={props.onLogIn} onLeave={props.onLeave} />
  if (step === 'review' && planId !== undefined) return <ReviewStep {...props} target={target} planId={planId} />
  // An address that names no plan leads to where one is chosen.
  if (step === 'proposal' || step === 'review') {
    return <ProposalStep {...props} target={target} onReview={(chosen) => onStep('review', chosen)} />
  }
  return <LookStep {...props} target={target} />
}

type LookStepProps = SetupScreenProps & { readonly target: Target }

/** Connect and Found are one question: the second is its answer. */
function LookStep({ name, target, onStep, onLogIn }: LookStepProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const language = useLanguage()
  const look = useAnswer({
    key: ['appliances.detect', name],
    ask: () => product.appliances.detect({ target }),
  })
  const saved = useSaved(name)
  const { answer, asking, askAgain } = look
  const retry = useRetry(name)
  const lookAgain = () => retry(askAgain)
  const elapsedMs = useElapsed(asking)
  const time = durationText(elapsedMs, language)
  if (answer.state === 'answered') {
    const steps = railSteps(t, {
      now: 'found',
      notes: { connect: elapsedMs > 0 && !asking ? time : undefined },
      onStep: { connect: lookAgain },
    })
    return (
      <FoundStep
        facts={answer.value}
        user={saved?.address.user ?? ''}
        atMs={answer.atMs}
        looking={asking}
        problem={answer.problem}
        steps={steps}
        onLookAgain={lookAgain}
        onPropose={() => onStep('proposal')}
      />
    )
  }
  const failed = answer.state === 'failed'
  return (
    <SetupColumns
      steps={railSteps(t, { now: 'connect', failed: failed && !asking })}
      title={t(failed && !asking ? 'setup.connect.failed' : 'setup.connect.title', { name })}
      lead={t(failed && !asking ? 'setup.connect.failedLead' : 'setup.connect.lead')}
      aside={<LookingPanel {...(failed && !asking ? {} : { next: t('setup.ahead.nextFound') })} />}
    >
      {failed && !asking ? (
        <StepFailure failure={answer.failure} onRetry={lookAgain} onLogIn={onLogIn} />
      ) : (
        <p className="rs-muted" data-testid="connecting">
          {t('setup.connect.elapsed', { time })}
        </p>
      )}
    </SetupColumns>
  )
}
