// Unlocks the vault: with its passphrase, or by the keychain without anything to type. A wrong passphrase and the time
// until the next one is tried are said beside the field.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStateView } from '../../../shared/contract/vault.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { PassphraseField } from '../../console/passphrase-field.tsx'
import { usePassphraseProblem } from '../../console/passphrase-problem.ts'
import { useAct } from '../../console/use-act.ts'
import { isAboutPassphrase, useSecondsLeft, useVaultChanged } from '../../console/vault-state.ts'
import { Panel } from '../../ui/panel.tsx'

export type UnlockVaultProps = { readonly vault: VaultStateView; readonly atMs: number }

export function UnlockVault({ vault, atMs }: UnlockVaultProps) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const [passphrase, setPassphrase] = useState('')
  const secondsLeft = useSecondsLeft(vault.waitSeconds, atMs)
  const problem = usePassphraseProblem(act.failure, secondsLeft)
  const byKeychain = vault.protection === 'keychain'
  const ready = byKeychain || (passphrase !== '' && secondsLeft === 0)
  const unlock = () => {
    setPassphrase('')
    act.begin(
      'window.unlockVault',
      async () => {
        const unlocked = await window.unlockVault(byKeychain ? {} : { passphrase })
        // A wrong one may have begun a waiting time.
        if (!unlocked.ok) changed()
        return unlocked
      },
      () => changed('unlocked'),
    )
  }
  return (
    <Panel title={t('credentials.unlockTitle')} testId="unlock-vault">
      <form
        className="rs-form rs-vault-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) unlock()
        }}
      >
        {byKeychain ? (
          <p className="rs-muted">{t('credentials.unlockKeychainLead')}</p>
        ) : (
          <PassphraseField
            label={t('credentials.passphrase')}
            passphrase={passphrase}
            problem={problem}
            onPassphrase={setPassphrase}
          />
        )}
        {act.failure === undefined || isAboutPassphrase(act.failure) ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button type="primary" htmlType="submit" disabled={!ready} loading={act.busy}>
            {t('credentials.unlock')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
