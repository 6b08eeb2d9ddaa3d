// A choice of the plan: a recorder goes on measuring the appliance while no console watches it. Off until somebody wants
// it; choosing makes another plan, which is reviewed like every other.
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { isSetUp, type Plan, type SetUpPlan, wishOf } from '../../../shared/domain/plan.ts'
import { recorderIntervalSeconds, recorderLimitBytes } from '../../../shared/domain/recorder.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { ToldChoice } from './told-choice.tsx'

export type RecorderChoiceProps = {
  readonly plan: Plan
  readonly target: Target
  readonly onReview: (planId: string) => void
}

export function RecorderChoice({ plan, ...rest }: RecorderChoiceProps) {
  return isSetUp(plan) ? <Choice plan={plan} {...rest} /> : null
}

function Choice({ plan, target, onReview }: RecorderChoiceProps & { readonly plan: SetUpPlan }) {
  const { t } = useTranslation()
  const { recorder } = useWords()
  const { product } = useConsole()
  const planning = useAct()
  const { record, recordAlert } = plan.purpose
  const wanted = record === true
  const choose = (choice: Pick<SetUpPlan['purpose'], 'record' | 'recordAlert'>) =>
    planning.begin(
      'setup.plan',
      () => product.setup.plan({ target, ...wishOf(plan), record: undefined, recordAlert: undefined, ...choice }),
      (made) => onReview(made.id),
    )
  return (
    <section className="su-part" data-testid="recorder-choice">
      <h2>{t('setup.review.recorder.title')}</h2>
      <Checkbox checked={wanted} disabled={planning.busy} onChange={() => choose(wanted ? {} : { record: true })}>
        {t('setup.review.recorder.want')}
      </Checkbox>
      {wanted ? (
        <ToldChoice
          told={recordAlert}
          busy={planning.busy}
          onChoose={(channel) => choose({ record: true, ...(channel !== undefined && { recordAlert: channel }) })}
        />
      ) : null}
      <p className="su-note">
        {recorder.planned(bytesText(recorderLimitBytes), recorderIntervalSeconds, toldHost(plan))}
      </p>
      {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
    </section>
  )
}

function toldHost({ steps }: SetUpPlan): string | undefined {
  return steps.flatMap(({ spec }) => (spec.kind === 'recorder' ? [spec.alert?.host] : []))[0]
}
