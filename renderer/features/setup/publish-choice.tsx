// Who may open the apps: nobody beyond the server, or everyone who reaches an address of it. Choosing makes another plan,
// which is reviewed like every other; what it opens is agreed to by a tick of its own.
import { Button, Checkbox, Input, InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { isSetUp, type Plan, type SetUpPlan, wishOf } from '../../../shared/domain/plan.ts'
import {
  hostName,
  localAddress,
  localAddressText,
  type Opening,
  type PublishedAt,
  type Publishing,
  publishedAt,
  publishedUrl,
} from '../../../shared/domain/service-address.ts'
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
  const { openings = [] } = plan
  const publish = isSetUp(plan) ? (plan.purpose.publish ?? 'none') : 'none'
  // A version that comes back may open something too; where it leads is not chosen anew then.
  const isChosen = isSetUp(plan) && (plan.publishable !== undefined || publish !== 'none')
  if (!isChosen && openings.length === 0) return null
  return (
    <section className="su-part" data-testid="publish">
      <h2>{t('setup.publish.title')}</h2>
      {isChosen && isSetUp(plan) ? <Choice plan={plan} publish={publish} {...rest} /> : null}
      {openings.map((one) => (
        <WhoComesIn key={localAddressText(one)} opening={one} />
      ))}
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

type ChoiceProps = ChoosingProps & { readonly publish: Publishing }

function Choice({ publish, ...rest }: ChoiceProps) {
  return publish === 'none' ? <Closed {...rest} /> : <Open at={publish} {...rest} />
}

function WhoComesIn({ opening: { guarded = [], unguarded = [] } }: { readonly opening: Opening }) {
  const { t } = useTranslation()
  return (
    <>
      {guarded.length === 0 ? null : (
        <p className="su-note">{t('setup.publish.guarded', { apps: guarded.join(', ') })}</p>
      )}
      {unguarded.length === 0 ? null : (
        <p className="su-note rs-tone-degraded">{t('setup.publish.unguarded', { apps: unguarded.join(', ') })}</p>
      )}
    </>
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

function isName(text: string): boolean {
  return text.trim() === '' || hostName.safeParse(text.trim()).success
}

function Closed(props: ChoosingProps) {
  const { t } = useTranslation()
  const { busy, failure, choose } = usePlanning(props)
  const { plan } = props
  const [address, setAddress] = useState(plan.address.host)
  const [port, setPort] = useState<number | null>(443)
  const [name, setName] = useState('')
  const [guarded, setGuarded] = useState(true)
  const wanted = publishedAt.safeParse({
    ...{ address: address.trim(), port },
    ...(name.trim() !== '' && { name: name.trim() }),
    ...(guarded && { guarded: true }),
  })
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
        <Field
          label={t('setup.publish.name')}
          hint={t('setup.publish.nameHint')}
          problem={isName(name) ? undefined : t('setup.publish.noName')}
        >
          {(control) => (
            <Input {...control} value={name} maxLength={200} onChange={({ target }) => setName(target.value)} />
          )}
        </Field>
      </div>
      <Radio.Group
        className="su-choices"
        value={guarded}
        aria-label={t('setup.publish.who')}
        onChange={({ target }) => setGuarded(target.value === true)}
      >
        <Radio value={true}>{t('setup.publish.withPassword')}</Radio>
        <Radio value={false}>{t('setup.publish.withoutPassword')}</Radio>
      </Radio.Group>
      <Button loading={busy} disabled={!wanted.success} onClick={() => choose(wanted.data)}>
        {t('setup.publish.open')}
      </Button>
      {failure === undefined ? null : <FailureNote failure={failure} />}
    </>
  )
}

function Open({ at, ...props }: ChoosingProps & { readonly at: PublishedAt }) {
  const { t } = useTranslation()
  const { busy, failure, choose } = usePlanning(props)
  return (
    <>
      <p className="su-note">
        {t('setup.publish.opened', { place: publishedUrl(at) })}{' '}
        <Button size="small" loading={busy} onClick={() => choose('none')}>
          {t('setup.publish.close')}
        </Button>{' '}
        {at.guarded === true ? null : (
          <Button size="small" loading={busy} onClick={() => choose({ ...at, guarded: true })}>
            {t('setup.publish.guard')}
          </Button>
        )}
      </p>
      <p className="su-note">{t('setup.publish.certificate')}</p>
      {failure === undefined ? null : <FailureNote failure={failure} />}
    </>
  )
}
