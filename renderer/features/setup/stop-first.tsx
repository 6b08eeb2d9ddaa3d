// A choice of the plan: what is replaced is stopped before its successor starts, where there would be memory for both.
// Choosing makes another plan, which is reviewed like every other.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { isBeside, isSetUp, type Plan, type SetUpPlan, wishOf } from '../../../shared/domain/plan.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'

export type StopFirstProps = {
  readonly plan: Plan
  readonly target: Target
  readonly onReview: (planId: string) => void
}

export function StopFirst({ plan, ...rest }: StopFirstProps) {
  if (!isSetUp(plan)) return null
  const concerned = plan.purpose.stopFirst === true || plan.steps.some((step) => step.change && isBeside(step))
  return concerned ? <Choice plan={plan} {...rest} /> : null
}

function Choice({ plan, target, onReview }: StopFirstProps & { readonly plan: SetUpPlan }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const planning = useAct()
  const stopsFirst = plan.purpose.stopFirst === true
  const way = stopsFirst ? 'first' : 'beside'
  const choose = () =>
    planning.begin(
      'setup.plan',
      () => product.setup.plan({ target, ...wishOf(plan), stopFirst: stopsFirst ? undefined : true }),
      (made) => onReview(made.id),
    )
  return (
    <section className="su-said" data-testid="stop-first" data-way={way}>
      <p className="su-note">
        {t(`setup.review.stopFirst.${way}`)}{' '}
        <Button size="small" loading={planning.busy} onClick={choose}>
          {t(`setup.review.stopFirst.${way}Act`)}
        </Button>
      </p>
      {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
    </section>
  )
}
