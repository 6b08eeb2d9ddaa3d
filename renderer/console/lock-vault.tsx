// Locks the vault by one press: nothing is lost by it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useConsole } from './console-context.tsx'
import { FailureDialog } from './failure-dialog.tsx'
import { useAct } from './use-act.ts'
import { useVaultChanged } from './vault-state.ts'

/** `brief`: where the word beside it says what is locked. */
export function LockVault({ brief = false }: { readonly brief?: boolean }) {
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
      <Button
        {...(brief && { size: 'small', title: t('credentials.lockNow') })}
        {...(brief ? { disabled: act.busy } : { loading: act.busy })}
        onClick={lock}
      >
        {brief ? t('credentials.lock') : t('credentials.lockNow')}
      </Button>
      <FailureDialog failure={act.failure} onClose={act.forget} onRetry={lock} />
    </>
  )
}
