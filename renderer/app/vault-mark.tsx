// The vault in the top bar, where there is one: whether it is locked, and locking it in one press. Locked is a state
// like another, not an alarm.
import { LockOutlined, UnlockOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LockVault } from '../console/lock-vault.tsx'
import { useVaultState } from '../console/vault-state.ts'

export function VaultMark() {
  const { t } = useTranslation()
  const { answer } = useVaultState()
  // What cannot be asked now may be another way by now: nothing is said of it.
  if (answer.state !== 'answered' || answer.problem !== undefined || answer.value.state === 'none') return null
  const { state } = answer.value
  return (
    <div className="rs-vault-mark" data-testid="vault-mark" data-state={state}>
      <Link to="/settings/credentials" title={t('credentials.markLead')}>
        {state === 'locked' ? <LockOutlined aria-hidden="true" /> : <UnlockOutlined aria-hidden="true" />}
        <span className="rs-search-word">{t(`credentials.mark.${state}`)}</span>
      </Link>
      {state === 'unlocked' ? <LockVault brief /> : null}
    </div>
  )
}
