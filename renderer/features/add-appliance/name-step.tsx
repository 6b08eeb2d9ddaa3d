// Asks what the appliance is called here, after its login was proven by a look inside.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { applianceName } from '../../../shared/domain/appliance.ts'
import { Field } from '../../ui/field.tsx'

/** What a person wants of the appliance that was added. */
export type AfterAdding = 'look' | 'set-up'

export type NameStepProps = {
  readonly name: string
  readonly taken: readonly string[]
  readonly busy: boolean
  readonly onName: (name: string) => void
  /** It can only be watched: there is nothing to set up. */
  readonly watchOnly: boolean
  readonly onSave: (next: AfterAdding) => void
  readonly onTest: () => void
  readonly onBack: () => void
}

export function NameStep({ name, taken, busy, watchOnly, onName, onSave, onTest, onBack }: NameStepProps) {
  const { t } = useTranslation()
  const [tried, setTried] = useState(false)
  const valid = applianceName.safeParse(name).success
  const free = !taken.includes(name)
  const problem = !free ? t('add.nameTaken') : tried && !valid ? t('add.nameProblem') : undefined
  const save = (next: AfterAdding) => {
    setTried(true)
    if (valid && free) onSave(next)
  }
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        save(watchOnly ? 'look' : 'set-up')
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
        {watchOnly ? null : (
          <Button disabled={busy} onClick={() => save('look')}>
            {t('add.save')}
          </Button>
        )}
        <Button type="primary" htmlType="submit" loading={busy}>
          {t(watchOnly ? 'add.save' : 'add.saveAndSetUp')}
        </Button>
      </div>
    </form>
  )
}
