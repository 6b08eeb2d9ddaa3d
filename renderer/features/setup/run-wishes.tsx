// What a person may add to their approval: to interrupt a service that is in use, and, while another console holds the
// server, to take it over from its run, whose id they type.
import { Checkbox, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Plan } from '../../../shared/domain/plan.ts'
import { runId } from '../../../shared/domain/run.ts'
import { Field } from '../../ui/field.tsx'
import type { Holder } from './holder.ts'

export type RunWishes = {
  readonly evenIfBusy: boolean
  readonly takesOn: boolean
  /** As it was typed. */
  readonly takesOver: string
}

export const noWishes: RunWishes = { evenIfBusy: false, takesOn: false, takesOver: '' }

export function areWhole({ takesOn, takesOver }: RunWishes): boolean {
  return !takesOn || runId.safeParse(takesOver.trim()).success
}

/** As the call takes them. */
export function wishesOf({ evenIfBusy, takesOn, takesOver }: RunWishes) {
  return {
    ...(evenIfBusy && { evenIfBusy: true as const }),
    ...(takesOn && { takesOver: takesOver.trim() }),
  }
}

type RunWishFieldsProps = {
  readonly plan: Plan
  /** Undefined: nobody holds the server. */
  readonly holder: Holder | undefined
  readonly wishes: RunWishes
  readonly onWish: (wishes: RunWishes) => void
}

export function RunWishFields({ plan, holder, wishes, onWish }: RunWishFieldsProps) {
  const { t } = useTranslation()
  const interrupts = plan.purpose.act !== 'uninstall' && plan.steps.some((step) => step.change && step.interrupts)
  return (
    <div className="su-wishes">
      {interrupts ? (
        <Checkbox
          checked={wishes.evenIfBusy}
          onChange={(event) => onWish({ ...wishes, evenIfBusy: event.target.checked })}
        >
          {t('setup.review.evenIfBusy')}
        </Checkbox>
      ) : null}
      {holder !== undefined || wishes.takesOn ? <TakeOver holder={holder} wishes={wishes} onWish={onWish} /> : null}
    </div>
  )
}

/** What was begun to be filled in stays when the holder has just left. */
function TakeOver({ holder, wishes, onWish }: Omit<RunWishFieldsProps, 'plan'>) {
  const { t } = useTranslation()
  return (
    <div data-testid="take-over">
      {holder === undefined ? null : <p>{t('setup.review.held', holder)}</p>}
      <Checkbox checked={wishes.takesOn} onChange={(event) => onWish({ ...wishes, takesOn: event.target.checked })}>
        {t('setup.review.takesOver')}
      </Checkbox>
      {wishes.takesOn ? (
        <Field
          label={t('setup.review.takesOverRun')}
          hint={t('setup.review.takesOverHint')}
          problem={wishes.takesOver === '' || areWhole(wishes) ? undefined : t('setup.review.takesOverNoRun')}
        >
          {(control) => (
            <Input
              {...control}
              value={wishes.takesOver}
              translate="no"
              placeholder="run-20260101T080000Z-0a1b2c3d"
              onChange={(event) => onWish({ ...wishes, takesOver: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}
