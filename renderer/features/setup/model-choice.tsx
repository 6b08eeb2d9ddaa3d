// Which installed model an app asks that brings none: what it would be, and the others for whoever wants one of them.
// Choosing makes another plan, which is reviewed like every other.
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { type PlanUse, solutionOf, type UseWishes } from '../../../shared/domain/installed-model.ts'
import { isSetUp, type Plan, type SetUpPlan, wishOf } from '../../../shared/domain/plan.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'

type ModelChoiceProps = {
  readonly plan: Plan
  readonly target: Target
  readonly onReview: (planId: string) => void
}

export function ModelChoice({ plan, ...rest }: ModelChoiceProps) {
  const { t } = useTranslation()
  const shown = (plan.uses ?? []).filter(({ candidates }) => candidates.length > 0)
  if (!isSetUp(plan) || shown.length === 0) return null
  return (
    <section className="su-part" data-testid="model-choice">
      <h2>{t('setup.models.title')}</h2>
      <p className="su-note">{t('setup.models.lead')}</p>
      {shown.map((use) => (
        <OneUse key={use.service} plan={plan} use={use} {...rest} />
      ))}
    </section>
  )
}

function OneUse({
  plan,
  use,
  target,
  onReview,
}: Omit<ModelChoiceProps, 'plan'> & { readonly plan: SetUpPlan; readonly use: PlanUse }) {
  const { t } = useTranslation()
  const { settings } = useWords()
  const { product } = useConsole()
  const planning = useAct()
  const { service, uses: used, candidates } = use
  const [only, ...others] = candidates
  if (used !== undefined && only?.deployment === used.deployment && others.length === 0) {
    return <p className="su-note">{settings.uses(service, used)}</p>
  }
  const choose = (deployment: string) =>
    planning.begin(
      'setup.plan',
      () => product.setup.plan({ target, ...wishOf(plan), uses: withUse(plan, { service, deployment }) }),
      (made) => onReview(made.id),
    )
  const named = (one: PlanUse['candidates'][number]) => t('setup.models.one', { ...one, solution: solutionOf(one) })
  return (
    <>
      <Field label={t('setup.models.of', { service })}>
        {(control) => (
          <Select
            {...control}
            value={used?.deployment ?? null}
            placeholder={t('setup.models.choose')}
            loading={planning.busy}
            disabled={planning.busy}
            options={candidates.map((one) => ({ value: one.deployment, label: named(one) }))}
            onChange={choose}
          />
        )}
      </Field>
      {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
    </>
  )
}

/** Of the other services what was said stays said. */
function withUse({ uses = [], purpose }: SetUpPlan, wish: UseWishes[number]): UseWishes {
  const said = (purpose.uses ?? []).filter(({ service }) => service !== wish.service)
  const isOnly = uses.length === 1
  return [...(isOnly ? [] : said.filter(({ service }) => service !== undefined)), wish]
}
