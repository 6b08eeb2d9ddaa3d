// Whether a password is used only once: then Rackside logs in with a key of its own, and forgets the password.
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { KeepForSudo } from '../../console/own-key/keep-for-sudo.tsx'
import type { LoginFields } from './use-login-fields.ts'

export function UseOnceChoice({ fields: { useOnce, change } }: { readonly fields: LoginFields }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const vault = useAnswer({ key: ['vault.state'], ask: () => product.vault.state({}) }).answer
  const hasVault = vault.state === 'answered' && vault.value.state !== 'none'
  return (
    <div>
      <Checkbox
        checked={useOnce !== undefined}
        onChange={(event) =>
          change({ keep: false, useOnce: event.target.checked ? { keepForSudo: false } : undefined })
        }
      >
        {t(hasVault ? 'ownKey.onceRecommended' : 'ownKey.once')}
      </Checkbox>
      <p className="rs-muted">{t('ownKey.onceNote')}</p>
      {useOnce === undefined ? null : (
        <KeepForSudo checked={useOnce.keepForSudo} onChange={(keepForSudo) => change({ useOnce: { keepForSudo } })} />
      )}
    </div>
  )
}
