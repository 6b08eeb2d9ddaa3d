// One rule, otherwise than it comes: how bad it is, from where on, and how long it has to last.
import { Button, InputNumber, Modal, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownRule } from '../../../shared/contract/alerts.ts'
import { usualRules } from '../../../shared/observe/alerts/rules.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { Field } from '../../ui/field.tsx'
import { useRuleTitle } from './alert-facts.ts'
import { overrideOf, useSetRule } from './use-set-rule.ts'

export function RuleDialog({ rule: before, onClose }: { readonly rule: ShownRule; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const ruleTitle = useRuleTitle()
  const set = useSetRule()
  const [rule, setRule] = useState(before)
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('alertSetup.ruleTitle', { rule: ruleTitle(rule.rule) })}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button disabled={!before.isOwn} onClick={() => set.set({ rule: rule.rule }, onClose)}>
            {t('alertSetup.usual')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" loading={set.busy} onClick={() => set.set(overrideOf(rule), onClose)}>
            {t('alertSetup.save')}
          </Button>
        </>
      }
    >
      <div className="rs-form" data-testid="rule-dialog">
        <Field label={t('alertSetup.severity')}>
          {({ 'aria-invalid': _, ...control }) => (
            <Select
              {...control}
              value={rule.severity}
              onChange={(severity) => setRule({ ...rule, severity })}
              options={(['critical', 'warning', 'info'] as const).map((value) => ({
                value,
                label: t(`alerts.severity.${value}`),
              }))}
            />
          )}
        </Field>
        {rule.unit === 'state' ? null : <LimitField rule={rule} onRule={setRule} />}
        <Field label={t('alertSetup.lasts')} hint={t('alertSetup.lastsHint')}>
          {({ 'aria-invalid': _, ...control }) => (
            <InputNumber<number>
              {...control}
              min={0}
              max={86_400}
              precision={0}
              value={rule.forSeconds}
              suffix={t('alertSetup.seconds')}
              onChange={(forSeconds) => setRule({ ...rule, forSeconds: forSeconds ?? 0 })}
            />
          )}
        </Field>
        {set.failure === undefined ? null : <FailureNote failure={set.failure} />}
      </div>
    </Modal>
  )
}

type LimitProps = { readonly rule: ShownRule; readonly onRule: (rule: ShownRule) => void }

/** A share is written in percent. */
function LimitField({ rule, onRule }: LimitProps) {
  const { t } = useTranslation()
  const factor = rule.unit === 'share' ? 100 : 1
  const side = usualRules.find(({ id }) => id === rule.rule)?.side ?? 'above'
  return (
    <Field label={t(side === 'above' ? 'alertSetup.limitAbove' : 'alertSetup.limitBelow')}>
      {({ 'aria-invalid': _, ...control }) => (
        <InputNumber<number>
          {...control}
          min={0}
          max={rule.unit === 'share' ? 100 : 1e6}
          value={Number((rule.limit * factor).toPrecision(6))}
          suffix={t(`alertSetup.limitIn.${rule.unit}`)}
          onChange={(limit) => onRule({ ...rule, limit: (limit ?? rule.limit * factor) / factor })}
        />
      )}
    </Field>
  )
}
