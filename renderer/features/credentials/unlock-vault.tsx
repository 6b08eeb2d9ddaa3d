// Unlocks the vault: with its passphrase, or by the keychain without anything to type. A wrong passphrase and the time
// until the next one is tried are said beside the field.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { VaultStateView } from '../../../shared/contract/vault.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { PassphraseField } from '../../console/passphrase-field.tsx'
import { useUnlockVault } from '../../console/use-vault-acts.ts'
import { isAboutPassphrase } from '../../console/vault-state.ts'
import { Panel } from '../../ui/panel.tsx'

export type UnlockVaultProps = { readonly vault: VaultStateView; readonly atMs: number }

export function UnlockVault({ vault, atMs }: UnlockVaultProps) {
  const { t } = useTranslation()
  const { typed, setTyped, problem, ready, busy, failure, go, byKeychain } = useUnlockVault(
    vault,
    atMs,
    () => undefined,
  )
  return (
    <Panel title={t('credentials.unlockTitle')} testId="unlock-vault">
      <form
        className="rs-form rs-vault-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) go()
        }}
      >
        {byKeychain ? (
          <p className="rs-muted">{t('credentials.unlockKeychainLead')}</p>
        ) : (
          <PassphraseField
            label={t('credentials.passphrase')}
            passphrase={typed}
            problem={problem}
            onPassphrase={setTyped}
          />
        )}
        {failure === undefined || isAboutPassphrase(failure) ? null : <FailureNote failure={failure} />}
        <div className="rs-row">
          <Button type="primary" htmlType="submit" disabled={!ready} loading={busy}>
            {t('credentials.unlock')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
