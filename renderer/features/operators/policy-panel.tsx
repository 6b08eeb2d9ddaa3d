// The rules for everybody: when windows lock, how long a sign-in lasts, whether plans need a second person.
import { Button, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperatorsPolicy } from '../../../shared/domain/operator.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'

export function PolicyPanel({ policy }: { readonly policy: OperatorsPolicy }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const act = useAct()
  const outdate = useOutdate()
  const [wanted, setWanted] = useState(policy)
  const [saved, setSaved] = useState(false)
  const save = () => {
    setSaved(false)
    act.begin(
      'operators.setPolicy',
      () => product.operators.setPolicy({ policy: wanted }),
      () => {
        setSaved(true)
        outdate('operators.state')
      },
    )
  }
  const changed = JSON.stringify(wanted) !== JSON.stringify(policy)
  return (
    <Panel title={t('operators.policy')} testId="operators-policy">
      <form
        className="rs-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (changed && !act.busy) save()
        }}
      >
        <Field label={t('operators.idle')} hint={t('operators.idleHint')}>
          {(control) => (
            <InputNumber
              {...control}
              min={1}
              max={120}
              precision={0}
              value={wanted.idleMinutes}
              onChange={(minutes) => setWanted({ ...wanted, idleMinutes: minutes ?? policy.idleMinutes })}
            />
          )}
        </Field>
        <Field label={t('operators.longest')} hint={t('operators.longestHint')}>
          {(control) => (
            <InputNumber
              {...control}
              min={1}
              max={24}
              precision={0}
              value={wanted.longestHours}
              onChange={(hours) => setWanted({ ...wanted, longestHours: hours ?? policy.longestHours })}
            />
          )}
        </Field>
        <Field label={t('operators.twoPersons')} hint={t('operators.twoPersonsHint')}>
          {({ 'aria-invalid': _invalid, ...control }) => (
            <div className="rs-switch-row">
              <Switch
                {...control}
                checked={wanted.twoPersons}
                onChange={(twoPersons) => setWanted({ ...wanted, twoPersons })}
              />
            </div>
          )}
        </Field>
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button htmlType="submit" disabled={!changed} loading={act.busy}>
            {t('operators.save')}
          </Button>
          <span aria-live="polite">{saved && !changed ? t('operators.saved') : ''}</span>
        </div>
      </form>
    </Panel>
  )
}
