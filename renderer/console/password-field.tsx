// A secret that is typed once.
import { Input } from 'antd'
import type { ReactNode } from 'react'
import { Field } from '../ui/field.tsx'

export type PasswordFieldProps = {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly focus?: boolean
  readonly password: string
  readonly onPassword: (password: string) => void
}

export function PasswordField({ label, hint, focus = false, password, onPassword }: PasswordFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Input.Password
          {...control}
          autoFocus={focus}
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
