// Somebody who knows better may have a service installed although the sum of its memory says no: a deliberate choice, by a
// tick of its own and not by the button alone. It makes another plan, which says so.
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { type SetUpPlan, wishOf } from '../../../shared/domain/plan.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'

type FitOverrideProps = {
  readonly plan: SetUpPlan
  readonly target: Target
  readonly onReview: (planId: string) => void
}

export function FitOverride({ plan, target, onReview }: FitOverrideProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const { product } = useConsole()
  const planning = useAct()
  const [sure, setSure] = useState(false)
  const { mayIgnoreFit = [] } = plan
  if (mayIgnoreFit.length === 0) return null
  const ignoreFit = [...(plan.purpose.ignoreFit ?? []), ...mayIgnoreFit]
  const choose = () =>
    planning.begin(
      'setup.plan',
      () => product.setup.plan({ target, ...wishOf(plan), ignoreFit }),
      (made) => onReview(made.id),
    )
  return (
    <div className="su-override" data-testid="fit-override">
      <Checkbox checked={sure} onChange={(event) => setSure(event.target.checked)}>
        {t('setup.fit.sure', { services: cli.list(mayIgnoreFit) })}
      </Checkbox>
      <Button size="small" disabled={!sure} loading={planning.busy} onClick={choose}>
        {t('setup.fit.plan')}
      </Button>
      {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
    </div>
  )
}
