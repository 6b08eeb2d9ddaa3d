// The plan before it is approved: every change with its reason, what is known and not known about it, and one
// button. The plan is read as it was saved, so that what is approved is what is shown.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { changesNothing, dataFolderOf, isSetUp, type Plan } from '../../../shared/domain/plan.ts'
import { newPrivileges } from '../../../shared/domain/privilege.ts'
import { ignoredFitText } from '../../../shared/words/ignored-fit-text.ts'
import { useAnswer } from '../../console/answers.ts'
import { ChangesSection } from '../../console/changes-section.tsx'
import { useConsole, useWords } from '../../console/console-context.tsx'
import type { FailureAct } from '../../console/failure-note.tsx'
import { LicenceSection } from '../../console/licence-terms.tsx'
import { PrintPage } from '../../console/print-page.tsx'
import { ProofView } from '../../console/proof/proof-view.tsx'
import { useProof } from '../../console/proof/use-proof.ts'
import { purposeText } from '../../console/purpose-text.ts'
import { RootWords } from '../../console/root-words.tsx'
import { WhoseNotes } from '../../console/whose-notes.tsx'
import { AgeIn, inPlace } from '../../ui/age.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { AheadPanel, LookingPanel } from './ahead-panel.tsx'
import { ApproveAct } from './approve-act.tsx'
import { useBeginRun } from './begin-run.ts'
import { BlockerList } from './blocker-list.tsx'
import { sortBundles, type UsableBundle, useBundles, useSolutionTitle } from './bundles.ts'
import { ExpiredSection } from './expired-section.tsx'
import { FitOverride } from './fit-override.tsx'
import { ModelChoice } from './model-choice.tsx'
import { PlanChanges } from './plan-changes.tsx'
import { planSummary } from './plan-summary.ts'
import { PortProposal, PortsForm } from './ports-form.tsx'
import { PrivilegeSection } from './privilege-section.tsx'
import { PublishChoice } from './publish-choice.tsx'
import { railSteps } from './rail-steps.ts'
import { RecorderChoice } from './recorder-choice.tsx'
import { SettingsForm } from './settings-form.tsx'
import { SetupColumns } from './setup-columns.tsx'
import type { SetupScreenProps } from './setup-screen.tsx'
import { StepFailure } from './step-failure.tsx'
import { StopFirst } from './stop-first.tsx'
import { TakeFrom } from './take-from.tsx'

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
    const Shown = changesNothing(answer.value) ? NothingToDo : Review
    return <Shown key={planId} {...props} plan={answer.value} />
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

function useReviewRail({ onStep }: Pick<SetupScreenProps, 'onStep'>, plan?: Plan) {
  const { t } = useTranslation()
  const back = { connect: () => onStep('connect'), found: () => onStep('found'), proposal: () => onStep('proposal') }
  return railSteps(t, { act: plan?.purpose.act, now: 'review', onStep: back })
}

type WithPlan = ReviewStepProps & { readonly plan: Plan }

function useTitles({ plan, name }: WithPlan) {
  const { t } = useTranslation()
  const titleOf = useSolutionTitle()
  const { purpose } = plan
  const bundle = useBundleOf(plan)?.name
  if (purpose.act !== 'set-up') {
    const what =
      purpose.act === 'uninstall'
        ? t('setup.review.titleUninstall', { name })
        : t('runs.what', { what: purposeText(t, purpose), name })
    return { title: what, nothing: t('setup.review.nothingOf', { what }), bundle }
  }
  const solution = titleOf(purpose.bundleId, purpose.solution).title
  return {
    title: t('setup.review.title', { solution, name }),
    nothing: t('setup.review.nothingTitle', { solution }),
    bundle,
  }
}

function useBundleOf(plan: Plan): UsableBundle | undefined {
  const { answer } = useBundles()
  if (answer.state !== 'answered' || !isSetUp(plan)) return undefined
  return sortBundles(answer.value).usable.find((one) => one.bundleId === plan.purpose.bundleId)
}

/** Made where it was made before: a setup from its bundle, the others on the page of the appliance. */
function useAgain({ plan, onStep, onUpkeep }: WithPlan): FailureAct {
  const { t } = useTranslation()
  return { label: t('setup.review.again'), onAct: isSetUp(plan) ? () => onStep('proposal') : onUpkeep }
}

function Review(props: WithPlan) {
  return props.plan.blockers.length > 0 ? <Blocked {...props} /> : <Approvable {...props} />
}

function Blocked(props: WithPlan) {
  const { plan, target, onStep } = props
  const { t } = useTranslation()
  const again = useAgain(props)
  return (
    <SetupColumns
      steps={useReviewRail(props, plan)}
      title={t('setup.review.blockedTitle')}
      lead={t('setup.review.blockedLead')}
      aside={
        <LookingPanel>
          <Button type="primary" onClick={again.onAct}>
            {again.label}
          </Button>
        </LookingPanel>
      }
    >
      <BlockerList
        blockers={plan.blockers}
        actOf={(blocker) => (
          <PortProposal {...{ plan, target, blocker }} onReview={(planId) => onStep('review', planId)} />
        )}
      />
      {isSetUp(plan) ? (
        <FitOverride plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      ) : null}
      <TakeFrom plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <ModelChoice plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <SettingsForm plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <PortsForm plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <PlanMark plan={plan} />
    </SetupColumns>
  )
}

function Approvable(props: WithPlan) {
  const { plan, name, target, onStep, onApproved, onLogIn } = props
  const { t } = useTranslation()
  const { title, bundle } = useTitles(props)
  const again = useAgain(props)
  const words = useWords()
  const { beginning, failure, begin } = useBeginRun({ target, plan, onBegun: onApproved })
  const { licences = [] } = plan
  const [accepted, setAccepted] = useState(false)
  const [agreed, setAgreed] = useState(false)
  const [granted, setGranted] = useState(false)
  const [late, setLate] = useState(false)
  const expired = isSetUp(plan) ? plan.purpose.expired : undefined
  const isGranted = granted || newPrivileges(plan.privileges ?? []).length === 0
  const { changes, alreadyTrue } = planSummary(plan)
  const folder = dataFolderOf(plan)
  const counts = { changes: changes.length, already: alreadyTrue.length }
  return (
    <SetupColumns
      steps={useReviewRail(props, plan)}
      title={title}
      lead={t(plan.purpose.act === 'uninstall' ? 'setup.review.leadUninstall' : 'setup.review.lead', counts)}
      actions={<PrintPage name={`${name}-${plan.id}`} />}
      aside={
        <AheadPanel plan={plan} bundle={bundle}>
          <ApproveAct
            {...{ plan, name, beginning, failure }}
            mayApprove={
              (accepted || licences.length === 0) &&
              (agreed || plan.openings === undefined) &&
              isGranted &&
              (late || expired === undefined)
            }
            onApprove={begin}
          />
        </AheadPanel>
      }
    >
      {failure === undefined ? null : (
        <div className="su-said">
          <StepFailure failure={failure} onLogIn={onLogIn} acts={[again]} />
        </div>
      )}
      <WhoseNotes takeovers={plan.takeovers} takenBack={plan.takenBack} />
      <ChangesSection replacements={plan.replacements ?? []} className="su-part" />
      {(plan.ignoredFits ?? []).map((one) => (
        <div className="su-said" key={one.service} data-testid="ignored-fit">
          <VerdictMark state="degraded" word={ignoredFitText(one, words)} />
        </div>
      ))}
      <StopFirst plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <PublishChoice
        {...{ plan, target, agreed }}
        onAgreed={setAgreed}
        onReview={(planId) => onStep('review', planId)}
      />
      <ExpiredSection expired={expired} agreed={late} onAgreed={setLate} />
      <PrivilegeSection privileges={plan.privileges ?? []} agreed={granted} onAgreed={setGranted} />
      <ModelChoice plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <SettingsForm plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <PortsForm plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <RecorderChoice plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <WhatIsKnown plan={plan} />
      {folder === undefined ? null : <p className="su-note">{t('setup.review.rollBackKeepsData', { folder })}</p>}
      <RootWords steps={plan.steps} className="su-part" />
      <LicenceSection licences={licences} accepted={accepted} onAccepted={setAccepted} className="su-part" />
      <PlanChanges plan={plan} />
      <PlanMark plan={plan} />
    </SetupColumns>
  )
}

function NothingToDo(props: WithPlan) {
  const { plan, target, onLeave, onStep } = props
  const { t } = useTranslation()
  const { nothing } = useTitles(props)
  const proving = useProof(target)
  const asked = proving.phase !== 'not-asked'
  // What takes everything away leaves nothing that could answer.
  const provable = plan.purpose.act !== 'uninstall'
  return (
    <SetupColumns
      steps={useReviewRail(props, plan)}
      title={nothing}
      lead={t('setup.review.nothingLead', { already: plan.steps.length })}
      aside={
        <AheadPanel plan={plan}>
          <div className="rs-row">
            {provable ? (
              <Button type="primary" loading={proving.phase === 'running'} onClick={proving.start}>
                {t('setup.review.prove')}
              </Button>
            ) : null}
            {asked || !provable ? <Button onClick={onLeave}>{t('setup.toAppliance')}</Button> : null}
          </div>
        </AheadPanel>
      }
    >
      <WhoseNotes takeovers={plan.takeovers} takenBack={plan.takenBack} />
      {asked ? <ProofView {...proving} /> : null}
      <RecorderChoice plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <ModelChoice plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <SettingsForm plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <PortsForm plan={plan} target={target} onReview={(planId) => onStep('review', planId)} />
      <PlanChanges plan={plan} />
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
    ...(forDemo ? [t('demo.bundle')] : []),
    ...(!isSetUp(plan) || plan.purpose.signed ? [] : [t('setup.review.unsigned')]),
    ...(plan.others === undefined ? [] : [words.cli.otherDeployments(words.cli.list(plan.others))]),
    ...(plan.users ?? []).map(words.settings.usedBy),
    ...(plan.idle ?? []).map(({ count, product }) => words.cautions.idle(count, product)),
    ...(plan.issues ?? []).map(({ service, text, workaround }) =>
      words.cautions.knownIssue(service, text[words.language], workaround?.[words.language]),
    ),
    ...plan.choices.flatMap(({ model }) =>
      model?.measured === undefined
        ? []
        : [words.cli.pair(words.evidence.label, words.evidence.measured(model.measured))],
    ),
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
      {t('setup.review.planId', { id: plan.id })} ·{' '}
      <AgeIn label={t('setup.review.made', inPlace)} atMs={Date.parse(plan.createdAt)} />
    </p>
  )
}
