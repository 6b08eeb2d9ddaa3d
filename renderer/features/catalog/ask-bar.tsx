// What is asked of the catalog: which appliance, how many people at once, how many tokens each; and of when the facts
// are that the answers are reckoned from.
import { Button, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogOutlook } from '../../../shared/contract/catalog.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { acceleratorGroups, groupText, unreadGroups } from '../../console/accelerator-groups.ts'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { AgeIn, inPlace } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Field } from '../../ui/field.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import type { Looked } from './use-catalog.ts'
import type { CatalogView } from './view.ts'

export type AskBarProps = {
  /** How many people and tokens only matters for models. */
  readonly howMany: boolean
  readonly view: CatalogView
  readonly onView: (changes: Partial<CatalogView>) => void
  readonly looked: Looked
  readonly onAppliances: () => void
  /** The answer, where it is one. */
  readonly children?: ReactNode
}

export function AskBar({ howMany, view, onView, looked, onAppliances, children }: AskBarProps) {
  const { t } = useTranslation()
  const { appliances, outlook, on, lookFailure, lookAgain } = looked
  if (appliances.state === 'failed') return <FailureNote failure={appliances.failure} />
  if (appliances.state === 'answered' && appliances.value.length === 0) {
    return (
      <EmptyState
        title={t('catalog.noAppliance')}
        action={<Button onClick={onAppliances}>{t('catalog.toFleet')}</Button>}
      >
        <p>{t('catalog.noApplianceCopy')}</p>
      </EmptyState>
    )
  }
  const names = appliances.state === 'answered' ? appliances.value : []
  return (
    <Panel>
      <div className="ct-ask">
        <div className="ct-ask-fields">
          <Field label={t('catalog.appliance')}>
            {(control) => (
              <Select
                {...control}
                value={on === '' ? null : on}
                placeholder={t('catalog.chooseAppliance')}
                onChange={(name) => onView({ on: name })}
                options={names.map(({ name, demo }) => ({
                  value: name,
                  label: (
                    <>
                      {name} {demo ? <DemoChip /> : null}
                    </>
                  ),
                }))}
              />
            )}
          </Field>
          {howMany ? <HowMany view={view} onView={onView} /> : null}
        </div>
        {on === '' ? <p className="rs-muted">{t('catalog.pickFirst')}</p> : null}
        {outlook.state === 'answered' ? <Seen outlook={outlook.value} looked={looked} /> : null}
        {outlook.state !== 'answered' && looked.looking ? (
          <div className="rs-row">
            <Loading label={t('catalog.lookingAt', { name: on })} />
            <span className="rs-muted">{t('catalog.lookingAt', { name: on })}</span>
          </div>
        ) : null}
        {outlook.state === 'failed' ? (
          <FailureNote failure={outlook.failure} onRetry={lookAgain} state="unknown" />
        ) : null}
        {lookFailure !== undefined && outlook.state === 'answered' ? (
          <FailureNote failure={lookFailure} onRetry={lookAgain} state="unknown" />
        ) : null}
      </div>
      {children}
    </Panel>
  )
}

function HowMany({ view, onView }: Pick<AskBarProps, 'view' | 'onView'>) {
  const { t } = useTranslation()
  return (
    <>
      <Amount
        label={t('catalog.people')}
        value={view.users}
        range={[1, 10_000]}
        step={1}
        onChange={(users) => onView({ users })}
      />
      <Amount
        label={t('catalog.tokens')}
        hint={t('catalog.tokensHint')}
        value={view.contextTokens}
        range={[256, 2_000_000]}
        step={1024}
        onChange={(contextTokens) => onView({ contextTokens })}
      />
    </>
  )
}

type AmountProps = {
  readonly label: string
  readonly hint?: string
  readonly value: number
  readonly range: readonly [least: number, most: number]
  readonly step: number
  readonly onChange: (value: number) => void
}

function Amount({ label, hint, value, range: [least, most], step, onChange }: AmountProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <InputNumber
          {...control}
          value={value}
          min={least}
          max={most}
          step={step}
          precision={0}
          onChange={(next) => {
            if (typeof next === 'number' && next >= least && next <= most) onChange(next)
          }}
        />
      )}
    </Field>
  )
}

function Seen({ outlook, looked }: { readonly outlook: CatalogOutlook; readonly looked: Looked }) {
  const { t } = useTranslation()
  const { takenAt, accelerators } = outlook
  const groups = acceleratorGroups(accelerators).map(groupText)
  const unread = unreadGroups(accelerators).map(({ vendor }) =>
    t('catalog.unreadDevices', { vendor: vendorName(vendor) }),
  )
  const all = [...groups, ...unread]
  return (
    <div className="ct-seen" data-testid="seen">
      <strong>{all.length === 0 ? t('catalog.noDevices') : all.join(' · ')}</strong>
      <span className="rs-muted">
        <AgeIn label={t('catalog.asOf', inPlace)} atMs={Date.parse(takenAt)} />
      </span>
      <Button size="small" onClick={looked.lookAgain} loading={looked.looking}>
        {t('catalog.lookAgain')}
      </Button>
    </div>
  )
}
