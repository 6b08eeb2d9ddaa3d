// Going on with a run that stopped: the same solution from the same bundle is planned again from how the
// appliance is now, and that plan is reviewed like every other.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { isSetUp, type Plan, wishOf } from '../../../shared/domain/plan.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { received } from '../../console/received.ts'

export type Continuing = {
  readonly planning: boolean
  readonly failure: Failure | undefined
  readonly start: () => void
  readonly onLogIn: () => void
}

type Ways = {
  readonly onReview: (planId: string) => void
  /** Where the old plan is not there to be planned again. */
  readonly onPlanAgain: () => void
  /** Where what goes back and what takes away is planned. */
  readonly onUpkeep: () => void
  readonly onLogIn: () => void
}

export function useContinuing(target: Target, plan: Plan | undefined, ways: Ways): Continuing {
  const { product } = useConsole()
  const [state, setState] = useState<{ readonly planning: boolean; readonly failure?: Failure }>({ planning: false })
  const start = async () => {
    if (plan === undefined) return ways.onPlanAgain()
    if (!isSetUp(plan)) return ways.onUpkeep()
    setState({ planning: true })
    const made = await received('setup.plan', product.setup.plan({ target, ...wishOf(plan) }))
    if (made.ok) return ways.onReview(made.value.id)
    setState({ planning: false, failure: made.failure })
  }
  const { planning, failure } = state
  return { planning, failure, start: () => void start(), onLogIn: ways.onLogIn }
}

/** `label`: where the run did not stop, and it is a new plan that helps. */
export type ContinueButtonProps = Continuing & { readonly label?: string }

export function ContinueButton({ planning, failure, start, onLogIn, label }: ContinueButtonProps) {
  const { t } = useTranslation()
  return (
    <div className="su-act">
      <Button type="primary" loading={planning} onClick={start}>
        {label ?? t('setup.run.ended.continue')}
      </Button>
      <p className="rs-muted">{t('setup.run.ended.continueNote')}</p>
      {failure === undefined ? null : <FailureNote failure={failure} onLogIn={onLogIn} />}
    </div>
  )
}
