// The questions of a rollout: what, where, when.
import { Checkbox, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { Field } from '../../ui/field.tsx'
import { isTime, type UsableBundle, type Wish } from './use-wish.ts'

type WishProps = { readonly wish: Wish }

export function WhatFields({ wish, bundles }: WishProps & { readonly bundles: readonly UsableBundle[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { bundle, solution, choose } = wish
  return (
    <>
      <Field label={t('rollout.bundle')}>
        {(control) => (
          <Select
            {...control}
            value={bundle?.bundleId ?? null}
            onChange={(bundleId) => choose({ bundleId })}
            options={bundles.map(({ bundleId, name, demo }) => ({
              value: bundleId,
              label: (
                <>
                  {name} {demo ? <DemoChip /> : null}
                </>
              ),
            }))}
          />
        )}
      </Field>
      <Field label={t('rollout.solution')}>
        {(control) => (
          <Select
            {...control}
            value={solution?.id ?? null}
            onChange={(id) => choose({ solution: id })}
            options={(bundle?.solutions ?? []).map(({ id, title }) => ({ value: id, label: title[language] }))}
          />
        )}
      </Field>
    </>
  )
}

export function WhereFields({ wish }: WishProps) {
  const { t } = useTranslation()
  const { offered, names, canary, choose } = wish
  const all = offered.map((one) => one.name)
  const tick = (name: string, on: boolean) =>
    choose({ names: on ? [...names, name] : names.filter((one) => one !== name) })
  return (
    <>
      <Checkbox
        checked={names.length === all.length && all.length > 0}
        indeterminate={names.length > 0 && names.length < all.length}
        onChange={(event) => choose({ names: event.target.checked ? all : [] })}
      >
        {t('rollout.all')}
      </Checkbox>
      <ul className="ro-picks" aria-label={t('rollout.where')}>
        {offered.map(({ name, demo }) => (
          <li key={name}>
            <Checkbox checked={names.includes(name)} onChange={(event) => tick(name, event.target.checked)}>
              {name}
            </Checkbox>
            {demo ? <DemoChip /> : null}
          </li>
        ))}
      </ul>
      <Field label={t('rollout.canary')} hint={t('rollout.canaryHint')}>
        {(control) => (
          <Select
            {...control}
            value={canary ?? ''}
            onChange={(name) => choose({ canary: name })}
            options={[
              { value: '', label: t('rollout.canaryFirst') },
              ...names.map((name) => ({ value: name, label: name })),
            ]}
          />
        )}
      </Field>
    </>
  )
}

export function WhenFields({ wish }: WishProps) {
  const { t } = useTranslation()
  const { chosen, choose } = wish
  const times = ['from', 'to'] as const
  const problemOf = (time: (typeof times)[number]) =>
    chosen.maintenanceOn && !isTime(chosen[time]) ? { problem: t('rollout.timeProblem') } : {}
  return (
    <>
      <Checkbox checked={chosen.maintenanceOn} onChange={(event) => choose({ maintenanceOn: event.target.checked })}>
        {t('rollout.maintenanceOn')}
      </Checkbox>
      <div className="ro-times">
        {times.map((time) => (
          <Field key={time} label={t(`rollout.${time}`)} {...problemOf(time)}>
            {(control) => (
              <Input
                {...control}
                value={chosen[time]}
                maxLength={5}
                disabled={!chosen.maintenanceOn}
                onChange={(event) => choose({ [time]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <p className="rs-muted">{t('rollout.maintenanceHint')}</p>
      <div className="ro-apart">
        <Checkbox checked={chosen.evenIfBusy} onChange={(event) => choose({ evenIfBusy: event.target.checked })}>
          {t('rollout.evenIfBusy')}
        </Checkbox>
        <p className="rs-muted">{t('rollout.evenIfBusyHint')}</p>
      </div>
    </>
  )
}
