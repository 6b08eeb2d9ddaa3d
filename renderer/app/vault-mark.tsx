// The vault in the top bar, where there is one: whether it is locked, and locking it in one press. Locked is a state
// like another, not an alarm.
import { LockOutlined, UnlockOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../console/console-context.tsx'
import { FailureDialog } from '../console/failure-dialog.tsx'
import { useAct } from '../console/use-act.ts'
import { useVaultChanged, useVaultState } from '../console/vault-state.ts'

export function VaultMark() {
  const { t } = useTranslation()
  const { answer } = useVaultState()
  if (answer.state !== 'answered' || answer.value.state === 'none') return null
  const { state } = answer.value
  return (
    <div className="rs-vault-mark" data-testid="vault-mark" data-state={state}>
      <Link to="/settings/credentials" title={t('credentials.markLead')}>
        {state === 'locked' ? <LockOutlined aria-hidden="true" /> : <UnlockOutlined aria-hidden="true" />}
        <span className="rs-search-word">{t(`credentials.mark.${state}`)}</span>
      </Link>
      {state === 'unlocked' ? <LockButton /> : null}
    </div>
  )
}

function LockButton() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const lock = () =>
    act.begin(
      'vault.lock',
      () => product.vault.lock({}),
      () => changed(),
    )
  return (
    <>
      <Button size="small" title={t('credentials.lockNow')} disabled={act.busy} onClick={lock}>
        {t('credentials.lock')}
      </Button>
      <FailureDialog failure={act.failure} onClose={act.forget} onRetry={lock} />
    </>
  )
}
