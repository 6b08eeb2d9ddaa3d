// Asks what the appliance is called here, after its login was proven by a look inside.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applianceName } from '../../../shared/domain/appliance.ts'
import { Field } from '../../ui/field.tsx'

export type NameStepProps = {
  readonly name: string
  readonly taken: readonly string[]
  readonly busy: boolean
  readonly onName: (name: string) => void
  readonly onSave: () => void
  readonly onTest: () => void
  readonly onBack: () => void
}

export function NameStep({ name, taken, busy, onName, onSave, onTest, onBack }: NameStepProps) {
  const { t } = useTranslation()
  const [tried, setTried] = useState(false)
  const valid = applianceName.safeParse(name).success
  const free = !taken.includes(name)
  const problem = !free ? t('add.nameTaken') : tried && !valid ? t('add.nameProblem') : undefined
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (valid && free) onSave()
      }}
    >
      <Field label={t('add.name')} hint={t('add.nameHint')} problem={problem}>
        {(control) => (
          <Input {...control} autoFocus value={name} maxLength={63} onChange={(event) => onName(event.target.value)} />
        )}
      </Field>
      <div className="rs-row">
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button disabled={busy} onClick={onTest}>
          {t('connection.act')}
        </Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('add.save')}
        </Button>
      </div>
    </form>
  )
}
