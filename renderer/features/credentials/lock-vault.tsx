// Locks the vault by one press: nothing is lost by it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../../console/console-context.tsx'
import { FailureDialog } from '../../console/failure-dialog.tsx'
import { useAct } from '../../console/use-act.ts'
import { useVaultChanged } from '../../console/vault-state.ts'

export function LockVault() {
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
      <Button loading={act.busy} onClick={lock}>
        {t('credentials.lockNow')}
      </Button>
      <FailureDialog failure={act.failure} onClose={act.forget} onRetry={lock} />
    </>
  )
}
