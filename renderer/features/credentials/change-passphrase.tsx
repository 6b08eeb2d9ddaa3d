// Gives the vault another passphrase; one that the keychain protects is put under a passphrase instead.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { isSame, NewPassphraseFields, noPassphrase, PassphraseField } from '../../console/passphrase-field.tsx'
import { usePassphraseProblem } from '../../console/passphrase-problem.ts'
import { useAct } from '../../console/use-act.ts'
import { isAboutPassphrase, useSecondsLeft, useVaultChanged } from '../../console/vault-state.ts'
import { Panel } from '../../ui/panel.tsx'
import type { UnlockVaultProps } from './unlock-vault.tsx'

export function ChangePassphrase({ vault, atMs }: UnlockVaultProps) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const [old, setOld] = useState('')
  const [typed, setTyped] = useState(noPassphrase)
  const [done, setDone] = useState(false)
  const byKeychain = vault.protection === 'keychain'
  const secondsLeft = useSecondsLeft(vault.waitSeconds, atMs)
  const problem = usePassphraseProblem(act.failure, byKeychain ? 0 : secondsLeft)
  const ofNew = act.failure?.kind === 'vault-passphrase-unusable'
  const ready = isSame(typed) && (byKeychain || (old !== '' && secondsLeft === 0))
  const change = () => {
    const passphrases = { oldPassphrase: old, newPassphrase: typed.once }
    setOld('')
    setTyped(noPassphrase)
    setDone(false)
    act.begin(
      'window.changeVaultPassphrase',
      async () => {
        const done = await window.changeVaultPassphrase(passphrases)
        changed()
        return done
      },
      () => setDone(true),
    )
  }
  return (
    <Panel
      title={t(byKeychain ? 'credentials.toPassphraseTitle' : 'credentials.changeTitle')}
      testId="change-passphrase"
    >
      <form
        className="rs-form rs-vault-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) change()
        }}
      >
        {byKeychain ? (
          <p className="rs-muted">{t('credentials.toPassphraseLead')}</p>
        ) : (
          <PassphraseField
            label={t('credentials.oldPassphrase')}
            passphrase={old}
            problem={ofNew ? undefined : problem}
            onPassphrase={setOld}
          />
        )}
        <NewPassphraseFields
          label={t('credentials.newPassphrase')}
          typed={typed}
          problem={ofNew ? problem : undefined}
          onTyped={setTyped}
        />
        {act.failure === undefined || isAboutPassphrase(act.failure) ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button htmlType="submit" disabled={!ready} loading={act.busy}>
            {t(byKeychain ? 'credentials.toPassphrase' : 'credentials.change')}
          </Button>
          <span aria-live="polite">{done ? t('credentials.changed') : ''}</span>
        </div>
      </form>
    </Panel>
  )
}
