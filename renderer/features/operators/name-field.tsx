// The name of a new operator, as it shall stand in the audit.
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { operatorName } from '../../../shared/domain/operator.ts'
import { Field } from '../../ui/field.tsx'

/** Undefined: it is none yet. */
export function nameTyped(text: string): string | undefined {
  return operatorName.safeParse(text.trim().normalize('NFKC')).data
}

export function NameField({ name, onName }: { readonly name: string; readonly onName: (name: string) => void }) {
  const { t } = useTranslation()
  const problem = name !== '' && nameTyped(name) === undefined ? t('operators.nameWrong') : undefined
  return (
    <Field label={t('signIn.name')} hint={t('operators.nameHint')} problem={problem}>
      {(control) => <Input {...control} value={name} maxLength={60} onChange={(event) => onName(event.target.value)} />}
    </Field>
  )
}
