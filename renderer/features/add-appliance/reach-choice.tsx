// How much the login is to be able to do: everything a setup needs, which is root, or only to watch.
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'

export type ReachChoiceProps = { readonly watchOnly: boolean; readonly onWatchOnly: (watchOnly: boolean) => void }

export function ReachChoice({ watchOnly, onWatchOnly }: ReachChoiceProps) {
  const { t } = useTranslation()
  const ways = [
    { value: 'full', label: t('access.full'), note: t('access.fullNote') },
    { value: 'watch', label: t('access.watchOnly'), note: t('access.watchOnlyNote') },
  ]
  return (
    <fieldset className="rs-choices">
      <legend>{t('access.reach')}</legend>
      <Radio.Group
        vertical
        value={watchOnly ? 'watch' : 'full'}
        onChange={(event) => onWatchOnly(event.target.value === 'watch')}
        options={ways.map(({ value, label, note }) => ({
          value,
          label: (
            <>
              {label}
              <small className="rs-choice-note">{note}</small>
            </>
          ),
        }))}
      />
    </fieldset>
  )
}
