// Makes a vault: in the keychain of this computer where there is one, or under a passphrase that is typed twice.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { isSame, NewPassphraseFields, noPassphrase } from '../../console/passphrase-field.tsx'
import { usePassphraseProblem } from '../../console/passphrase-problem.ts'
import { useAct } from '../../console/use-act.ts'
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
  const { window } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const [typed, setTyped] = useState(noPassphrase)
  const problem = usePassphraseProblem(act.failure, 0)
  const create = () => {
    const { once: passphrase } = typed
    setTyped(noPassphrase)
    act.begin(
      'window.createVault',
      () => window.createVault({ passphrase }),
      () => changed(),
    )
  }
  return (
    <Panel title={t('credentials.createTitle')} testId="create-vault">
      <form
        className="rs-form rs-vault-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isSame(typed)) create()
        }}
      >
        <p className="rs-muted">{t('credentials.createLead')}</p>
        <NewPassphraseFields label={t('credentials.passphrase')} typed={typed} problem={problem} onTyped={setTyped} />
        {act.failure === undefined || isAboutPassphrase(act.failure) ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button type={primary ? 'primary' : 'default'} htmlType="submit" disabled={!isSame(typed)} loading={act.busy}>
            {t('credentials.create')}
          </Button>
        </div>
      </form>
    </Panel>
  )
}
