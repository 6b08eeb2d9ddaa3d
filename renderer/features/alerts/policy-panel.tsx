// What happens when nobody acknowledges: after how long the second list is told, and how often people are told again.
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertPolicy } from '../../../shared/domain/alert.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { Panel } from '../../ui/panel.tsx'

const mostMinutes = 10_080

export function PolicyPanel({ policy: before }: { readonly policy: AlertPolicy }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [policy, setPolicy] = useState(before)
  const isChanged =
    policy.escalateAfterMinutes !== before.escalateAfterMinutes ||
    policy.repeatEveryMinutes !== before.repeatEveryMinutes
  const save = () =>
    act.begin(
      'alerts.setPolicy',
      () => product.alerts.setPolicy({ policy }),
      () => outdate('alerts.settings'),
    )
  const minutes = (name: keyof AlertPolicy, least: number) => (
    <Field label={t(name === 'escalateAfterMinutes' ? 'alertSetup.escalateAfter' : 'alertSetup.repeatEvery')}>
      {({ 'aria-invalid': _, ...control }) => (
        <InputNumber<number>
          {...control}
          min={least}
          max={mostMinutes}
          precision={0}
          value={policy[name]}
          suffix={t('alertSetup.minutes')}
          onChange={(value) => setPolicy({ ...policy, [name]: value ?? policy[name] })}
        />
      )}
    </Field>
  )
  return (
    <Panel title={t('alertSetup.policy')} testId="alert-policy">
      <div className="rs-alert-policy">
        {minutes('escalateAfterMinutes', 1)}
        {minutes('repeatEveryMinutes', 5)}
        <Button disabled={!isChanged} loading={act.busy} onClick={save}>
          {t('alertSetup.save')}
        </Button>
      </div>
      {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
    </Panel>
  )
}
