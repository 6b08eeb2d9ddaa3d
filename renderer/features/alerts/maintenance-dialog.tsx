// A time of work that is set before it begins: from when to when, on which appliance, of which kind of alert nobody is
// told.
import { Button, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertQuiet, AlertRuleId } from '../../../shared/domain/alert.ts'
import { usualRules } from '../../../shared/observe/alerts/rules.ts'
import { useAnswer, useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { useRuleTitle } from './alert-facts.ts'
import { fieldText, fieldTime } from './quiet-times.ts'
import { NoteField } from './silence-dialog.tsx'

type Wish = {
  readonly appliance: string
  readonly rule: AlertRuleId | ''
  readonly from: string
  readonly until: string
  readonly note: string
}

const hourMs = 3_600_000

function newWish(nowMs: number): Wish {
  return { appliance: '', rule: '', from: fieldText(nowMs), until: fieldText(nowMs + 2 * hourMs), note: '' }
}

/** Undefined: it cannot be so. */
export function spanOf({ from, until }: Pick<Wish, 'from' | 'until'>, nowMs: number) {
  const [fromMs, untilMs] = [fieldTime(from), fieldTime(until)]
  if (fromMs === undefined || untilMs === undefined || untilMs <= fromMs || untilMs <= nowMs) return undefined
  return { fromMs, untilMs }
}

export type MaintenanceProps = { readonly kind: AlertQuiet['kind']; readonly onClose: () => void }

export function MaintenanceDialog({ kind, onClose }: MaintenanceProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [wish, setWish] = useState(() => newWish(Date.now()))
  const span = spanOf(wish, Date.now())
  const set = () => {
    if (span === undefined) return
    const { appliance, rule, note } = wish
    const about = { ...(appliance !== '' && { appliance }), ...(rule !== '' && { rule }) }
    act.begin(
      'alerts.silence',
      () => product.alerts.silence({ kind, ...about, ...span, note: note.trim() }),
      () => {
        outdate('alerts.list')
        onClose()
      },
    )
  }
  return (
    <Modal
      open
      onCancel={onClose}
      title={t(kind === 'maintenance' ? 'alertSetup.maintenanceTitle' : 'alertSetup.silenceTitle')}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" disabled={span === undefined} loading={act.busy} onClick={set}>
            {t('alertSetup.save')}
          </Button>
        </>
      }
    >
      <div className="rs-form" data-testid="maintenance-dialog">
        <WhatFields wish={wish} onWish={setWish} />
        <TimeFields wish={wish} wrong={span === undefined} onWish={setWish} />
        <NoteField note={wish.note} onNote={(note) => setWish({ ...wish, note })} />
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
    </Modal>
  )
}

type WishProps = { readonly wish: Wish; readonly onWish: (wish: Wish) => void }

function WhatFields({ wish, onWish }: WishProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const ruleTitle = useRuleTitle()
  const { answer } = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  const saved = answer.state === 'answered' ? answer.value : []
  return (
    <>
      <Field label={t('alerts.where')}>
        {({ 'aria-invalid': _, ...control }) => (
          <Select
            {...control}
            value={wish.appliance}
            onChange={(appliance) => onWish({ ...wish, appliance })}
            options={[
              { value: '', label: t('alertSetup.everywhere') },
              ...saved.map(({ name }) => ({ value: name, label: name })),
            ]}
          />
        )}
      </Field>
      <Field label={t('alertSetup.what')}>
        {({ 'aria-invalid': _, ...control }) => (
          <Select<Wish['rule']>
            {...control}
            value={wish.rule}
            onChange={(rule) => onWish({ ...wish, rule })}
            options={[
              { value: '', label: t('alertSetup.everything') },
              ...usualRules.map(({ id }) => ({ value: id, label: ruleTitle(id) })),
            ]}
          />
        )}
      </Field>
    </>
  )
}

function TimeFields({ wish, wrong, onWish }: WishProps & { readonly wrong: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="rs-alert-pair">
      {(['from', 'until'] as const).map((end) => (
        <Field
          key={end}
          label={t(end === 'from' ? 'alertSetup.begins' : 'alertSetup.ends')}
          problem={wrong && end === 'until' ? t('alertSetup.endsProblem') : undefined}
        >
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={wish[end]}
              onChange={(event) => onWish({ ...wish, [end]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </div>
  )
}
