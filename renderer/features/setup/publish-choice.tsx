// Who may open the apps: nobody beyond the server, or everyone who reaches an address of it. Choosing makes another plan,
// which is reviewed like every other; what it opens is agreed to by a tick of its own.
import { Button, Checkbox, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { isSetUp, type Plan, type SetUpPlan, wishOf } from '../../../shared/domain/plan.ts'
import { type LocalAddress, localAddress, localAddressText } from '../../../shared/domain/service-address.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'

type PublishChoiceProps = {
  readonly plan: Plan
  readonly target: Target
  readonly agreed: boolean
  readonly onAgreed: (agreed: boolean) => void
  readonly onReview: (planId: string) => void
}

export function PublishChoice({ plan, agreed, onAgreed, ...rest }: PublishChoiceProps) {
  const { t } = useTranslation()
  if (!isSetUp(plan)) return null
  const { publish = 'none' } = plan.purpose
  if (plan.publishable === undefined && publish === 'none') return null
  const { openings = [] } = plan
  return (
    <section className="su-part" data-testid="publish">
      <h2>{t('setup.publish.title')}</h2>
      {publish === 'none' ? <Closed plan={plan} {...rest} /> : <Open plan={plan} at={publish} {...rest} />}
      {openings.length === 0 ? null : (
        <p>
          <Checkbox checked={agreed} onChange={({ target }) => onAgreed(target.checked)}>
            {t('setup.publish.agree', { places: openings.map(localAddressText).join(', ') })}
          </Checkbox>
        </p>
      )}
    </section>
  )
}

type ChoosingProps = Pick<PublishChoiceProps, 'target' | 'onReview'> & { readonly plan: SetUpPlan }

function usePlanning({ plan, target, onReview }: ChoosingProps) {
  const { product } = useConsole()
  const planning = useAct()
  const choose = (publish: SetUpPlan['purpose']['publish']) =>
    planning.begin(
      'setup.plan',
      () => product.setup.plan({ target, ...wishOf(plan), publish }),
      (made) => onReview(made.id),
    )
  return { ...planning, choose }
}

function isAddress(text: string): boolean {
  return localAddress.shape.address.safeParse(text.trim()).success
}

function Closed(props: ChoosingProps) {
  const { t } = useTranslation()
  const { busy, failure, choose } = usePlanning(props)
  const { plan } = props
  const [address, setAddress] = useState(plan.address.host)
  const [port, setPort] = useState<number | null>(443)
  const wanted = localAddress.safeParse({ address: address.trim(), port })
  const apps = (plan.publishable ?? []).join(', ')
  return (
    <>
      <p className="su-note">{t('setup.publish.closed', { apps })}</p>
      <div className="su-publish">
        <Field
          label={t('setup.publish.address')}
          problem={isAddress(address) ? undefined : t('setup.publish.noAddress')}
        >
          {(control) => (
            <Input {...control} value={address} maxLength={45} onChange={({ target }) => setAddress(target.value)} />
          )}
        </Field>
        <Field label={t('setup.publish.port')}>
          {(control) => <InputNumber {...control} value={port} min={1} max={65_535} onChange={setPort} />}
        </Field>
      </div>
      <Button loading={busy} disabled={!wanted.success} onClick={() => choose(wanted.data)}>
        {t('setup.publish.open')}
      </Button>
      {failure === undefined ? null : <FailureNote failure={failure} />}
    </>
  )
}

function Open({ at, ...props }: ChoosingProps & { readonly at: LocalAddress }) {
  const { t } = useTranslation()
  const { busy, failure, choose } = usePlanning(props)
  return (
    <>
      <p className="su-note">
        {t('setup.publish.opened', { place: `https://${localAddressText(at)}/` })}{' '}
        <Button size="small" loading={busy} onClick={() => choose('none')}>
          {t('setup.publish.close')}
        </Button>
      </p>
      <p className="su-note">{t('setup.publish.certificate')}</p>
      {failure === undefined ? null : <FailureNote failure={failure} />}
    </>
  )
}
