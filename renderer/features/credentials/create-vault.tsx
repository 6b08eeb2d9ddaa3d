// Makes a vault: in the keychain of this computer where there is one, or under a passphrase that is typed twice.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { NewPassphraseFields } from '../../console/passphrase-field.tsx'
import { useAct } from '../../console/use-act.ts'
import { useMakeVault } from '../../console/use-vault-acts.ts'
import { isAboutPassphrase, useVaultChanged } from '../../console/vault-state.ts'
import { Panel } from '../../ui/panel.tsx'

export function CreateVault({ keychain }: { readonly keychain: boolean }) {
  return (
    <>
      {keychain ? <InKeychain /> : null}
      <WithPassphrase primary={!keychain} />
    </>
  )
}

function InKeychain() {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const create = () =>
    act.begin(
      'window.createKeychainVault',
      () => window.createKeychainVault({}),
      () => changed(),
    )
  return (
    <Panel title={t('credentials.keychainTitle')}>
      <div className="rs-form">
        <p className="rs-muted">{t('credentials.keychainLead')}</p>
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button type="primary" loading={act.busy} onClick={create}>
            {t('credentials.createKeychain')}
          </Button>
        </div>
      </div>
    </Panel>
  )
}

function WithPassphrase({ primary }: { readonly primary: boolean }) {
  const { t } = useTranslation()
  const { typed, setTyped, problem, ready, busy, failure, go } = useMakeVault(() => undefined)
  return (
    <Panel title={t('credentials.createTitle')} testId="create-vault">
      <form
        className="rs-form rs-vault-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) go()
        }}
      >
        <p className="rs-muted">{t('credentials.createLead')}</p>
        <NewPassphraseFields label={t('credentials.passphrase')} typed={typed} problem={problem} onTyped={setTyped} />
        {failure === undefined || isAboutPassphrase(failure) ? null : <FailureNote failure={failure} />}
        <div className="rs-row">
          <Button type={primary ? 'primary' : 'default'} htmlType="submit" disabled={!ready} loading={busy}>
            {t('credentials.create')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
