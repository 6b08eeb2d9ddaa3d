// A hospital whose product has changed hands gives what its old publisher installed to the new one: by typing the id of
// the old one, and by nothing else. It makes another plan, which says so.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { FailureOf } from '../../../shared/domain/failure.ts'
import { isSetUp, type Plan, wishOf } from '../../../shared/domain/plan.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { TypedWord } from '../../ui/typed-word.tsx'

type TakeFromProps = {
  readonly plan: Plan
  readonly target: Target
  readonly onReview: (planId: string) => void
}

export function TakeFrom(props: TakeFromProps) {
  const others = props.plan.blockers.filter((one) => one.kind === 'deployment-of-other')
  return others.map((one) => <Typed key={`${one.owner} ${one.fingerprint}`} {...props} other={one} />)
}

/** The version that was wished for, and that publisher's deployments besides. */
function backTaking({ purpose, soakSeconds, steps }: Plan, owner: string) {
  if (purpose.act !== 'roll-back') return undefined
  const { deployment, takeFrom = [] } = purpose
  const [specDigest] = steps.flatMap(({ spec }) =>
    spec.kind === 'container' && spec.spec.deployment === deployment ? [spec.specDigest] : [],
  )
  return specDigest === undefined ? undefined : { deployment, specDigest, soakSeconds, takeFrom: [...takeFrom, owner] }
}

function Typed({
  plan,
  target,
  onReview,
  other,
}: TakeFromProps & { readonly other: FailureOf<'deployment-of-other'> }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const planning = useAct()
  const [typed, setTyped] = useState('')
  const { owner, ownerName: name } = other
  const show = (made: Plan) => onReview(made.id)
  const choose = () => {
    if (isSetUp(plan)) {
      const takeFrom = [...(plan.purpose.takeFrom ?? []), owner]
      planning.begin('setup.plan', () => product.setup.plan({ target, ...wishOf(plan), takeFrom }), show)
      return
    }
    const wish = backTaking(plan, owner)
    if (wish === undefined) return
    planning.begin('upkeep.planRollBack', () => product.upkeep.planRollBack({ target, ...wish }), show)
  }
  return (
    <div className="su-override" data-testid="take-from">
      <TypedWord
        label={t('setup.whose.type', { owner })}
        hint={t('setup.whose.typeHint', { name })}
        typed={typed}
        onTyped={setTyped}
      />
      <Button size="small" danger disabled={typed.trim() !== owner} loading={planning.busy} onClick={choose}>
        {t('setup.whose.take', { name })}
      </Button>
      {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
    </div>
  )
}
