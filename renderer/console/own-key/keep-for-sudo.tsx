// What becomes of a password that sudo asks for too: forgotten like the login, unless a person wants it kept.
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'

export type KeepForSudoProps = { readonly checked: boolean; readonly onChange: (checked: boolean) => void }

export function KeepForSudo({ checked, onChange }: KeepForSudoProps) {
  const { t } = useTranslation()
  return (
    <>
      <Checkbox checked={checked} onChange={(event) => onChange(event.target.checked)}>
        {t('ownKey.keepForSudo')}
      </Checkbox>
      <p className="rs-muted">{t('ownKey.keepForSudoNote')}</p>
    </>
  )
}
