// Passphrases as they are typed: one for what exists, two for a new one. Whoever owns the form empties the fields as
// soon as the passphrase is handed over.
import { Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '../ui/field.tsx'

/** As the contract takes it; whether a new one may be so long or so short is the vault's to say. */
const longestPassphrase = 4096

export type PassphraseFieldProps = {
  readonly label: string
  readonly passphrase: string
  readonly focus?: boolean
  readonly hint?: ReactNode
  readonly problem?: ReactNode
  readonly onPassphrase: (passphrase: string) => void
}

export function PassphraseField(props: PassphraseFieldProps) {
  const { label, focus = false, passphrase, hint, problem, onPassphrase } = props
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <Input.Password
          {...control}
          autoFocus={focus}
          value={passphrase}
          autoComplete="off"
          visibilityToggle={false}
          maxLength={longestPassphrase}
          onChange={(event) => onPassphrase(event.target.value)}
        />
      )}
    </Field>
  )
}

export type NewPassphrase = { readonly once: string; readonly again: string }
export const noPassphrase: NewPassphrase = { once: '', again: '' }

export function isSame({ once, again }: NewPassphrase): boolean {
  return once !== '' && once === again
}

export type NewPassphraseFieldsProps = {
  readonly label: string
  readonly focus?: boolean
  readonly typed: NewPassphrase
  /** What the vault said of the last one. */
  readonly problem?: ReactNode
  readonly onTyped: (typed: NewPassphrase) => void
}

export function NewPassphraseFields({ label, focus = false, typed, problem, onTyped }: NewPassphraseFieldsProps) {
  const { t } = useTranslation()
  const differs = typed.again !== '' && !typed.once.startsWith(typed.again) && typed.once !== typed.again
  return (
    <>
      <PassphraseField
        label={label}
        focus={focus}
        passphrase={typed.once}
        hint={t('credentials.rules')}
        problem={problem}
        onPassphrase={(once) => onTyped({ ...typed, once })}
      />
      <PassphraseField
        label={t('credentials.again')}
        passphrase={typed.again}
        problem={differs ? t('credentials.notSame') : undefined}
        onPassphrase={(again) => onTyped({ ...typed, again })}
      />
    </>
  )
}
