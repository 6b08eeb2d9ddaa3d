// A password that is typed once.
import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/field.tsx'

export type PasswordFieldProps = {
  readonly password: string
  readonly onPassword: (password: string) => void
}

export function PasswordField({ password, onPassword }: PasswordFieldProps) {
  const { t } = useTranslation()
  return (
    <Field label={t('add.password')}>
      {(control) => (
        <Input.Password
          {...control}
          value={password}
          autoComplete="off"
          visibilityToggle={false}
          maxLength={1024}
          onChange={(event) => onPassword(event.target.value)}
        />
      )}
    </Field>
  )
}
