// Nobody is told for a while: of one alert, of all of an appliance, or of one kind everywhere.
import { Button, Input, Modal, Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownAlert } from '../../../shared/contract/alerts.ts'
import type { AlertRuleId } from '../../../shared/domain/alert.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { useRuleTitle } from './alert-facts.ts'

/** What it may be about. `appliance`: its name for people, and what the call names it by. */
export type SilenceStart = {
  readonly rule: AlertRuleId
  readonly appliance: { readonly key: string; readonly name: string }
}

export function silenceOf({ rule, appliance, name }: ShownAlert): SilenceStart {
  return { rule, appliance: { key: appliance, name } }
}

const hourMs = 3_600_000
const spans = [1, 4, 24, 168] as const
type Scope = 'one' | 'appliance' | 'rule'

export function SilenceDialog({ start, onClose }: { readonly start: SilenceStart; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [scope, setScope] = useState<Scope>('one')
  const [hours, setHours] = useState<number>(spans[0])
  const [note, setNote] = useState('')
  const about = {
    ...(scope === 'appliance' ? {} : { rule: start.rule }),
    ...(scope === 'rule' ? {} : { appliance: start.appliance.key }),
  }
  const silence = () =>
    act.begin(
      'alerts.silence',
      () =>
        product.alerts.silence({ kind: 'silence', ...about, untilMs: Date.now() + hours * hourMs, note: note.trim() }),
      () => {
        outdate('alerts.list')
        onClose()
      },
    )
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('alertSetup.silenceTitle')}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" loading={act.busy} onClick={silence}>
            {t('alerts.silence')}
          </Button>
        </>
      }
    >
      <div className="rs-form" data-testid="silence-dialog">
        <p className="rs-muted">{t('alertSetup.quietLead')}</p>
        <ScopeChoice start={start} scope={scope} onScope={setScope} />
        <SpanChoice hours={hours} onHours={setHours} />
        <NoteField note={note} onNote={setNote} />
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
    </Modal>
  )
}

type ScopeProps = {
  readonly start: SilenceStart
  readonly scope: Scope
  readonly onScope: (scope: Scope) => void
}

function ScopeChoice({ start: { rule, appliance }, scope, onScope }: ScopeProps) {
  const { t } = useTranslation()
  const what = useRuleTitle()(rule)
  const { name } = appliance
  return (
    <Radio.Group
      className="rs-alert-choices"
      aria-label={t('alertSetup.what')}
      value={scope}
      onChange={(event) => onScope(event.target.value as Scope)}
      options={[
        { value: 'one', label: t('alertSetup.whatOne', { what, name }) },
        { value: 'appliance', label: t('alertSetup.whatAppliance', { name }) },
        { value: 'rule', label: t('alertSetup.whatRule', { what }) },
      ]}
    />
  )
}

type SpanProps = { readonly hours: number; readonly onHours: (hours: number) => void }

function SpanChoice({ hours, onHours }: SpanProps) {
  const { t } = useTranslation()
  return (
    <Field label={t('alertSetup.forHowLong')}>
      {({ 'aria-invalid': _, ...control }) => (
        <Select<number>
          {...control}
          value={hours}
          onChange={onHours}
          options={spans.map((value) => ({
            value,
            label:
              value % 24 === 0 && value > 24
                ? t('alertSetup.days', { count: value / 24 })
                : t('alertSetup.hours', { count: value }),
          }))}
        />
      )}
    </Field>
  )
}

export function NoteField({ note, onNote }: { readonly note: string; readonly onNote: (note: string) => void }) {
  const { t } = useTranslation()
  return (
    <Field label={t('alertSetup.note')} hint={t('alertSetup.noteHint')}>
      {(control) => (
        <Input
          {...control}
          value={note}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onNote(event.target.value)}
        />
      )}
    </Field>
  )
}
