// Whether a secret that is typed is to last: in the vault, or in memory until the console ends.
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'

export type KeepBoxProps = { readonly keep: boolean; readonly onKeep: (keep: boolean) => void }

export function KeepBox({ keep, onKeep }: KeepBoxProps) {
  const { t } = useTranslation()
  return (
    <div>
      <Checkbox checked={keep} onChange={(event) => onKeep(event.target.checked)}>
        {t('access.keep')}
      </Checkbox>
      <p className="rs-muted">{t(keep ? 'access.keepNote' : 'add.keptMemory')}</p>
    </div>
  )
}
