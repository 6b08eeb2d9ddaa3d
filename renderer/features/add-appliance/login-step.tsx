// Asks how to log in: a key of this computer, another key, or a password. A secret leaves its field when it is
// handed over, whether the login then works or not.
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Credential } from '../../../shared/contract/window.ts'
import type { Result } from '../../../shared/domain/failure.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { KeyFileChoice } from './key-file-choice.tsx'
import { OtherKey } from './other-key.tsx'
import { PasswordField } from './password-field.tsx'

/** Hands the login over; what comes back is its name. */
export type GiveLogin = () => Promise<Result<Credential>>

export type LoginStepProps = {
  readonly busy: boolean
  readonly onLogIn: (give: GiveLogin) => void
  readonly onBack: () => void
}

type Way = 'file' | 'key' | 'password'
const ways: readonly Way[] = ['file', 'key', 'password']

export function LoginStep({ busy, onLogIn, onBack }: LoginStepProps) {
  const { t } = useTranslation()
  const calls = useConsole()
  const files = useAnswer({ key: ['window.keyFiles'], ask: () => calls.window.keyFiles({}) }).answer
  const [chosenWay, setWay] = useState<Way | undefined>(undefined)
  const none = files.state === 'failed' || (files.state === 'answered' && files.value.length === 0)
  const way = chosenWay ?? (none ? 'password' : 'file')
  const [credential, setCredential] = useState<Credential | undefined>(undefined)
  const [secret, setSecret] = useState('')
  const give = (): GiveLogin | undefined => {
    if (way === 'password') return secret === '' ? undefined : () => calls.window.offerPassword({ password: secret })
    if (way === 'key' && secret !== '') return () => calls.window.offerKey({ privateKey: secret })
    return credential === undefined ? undefined : () => Promise.resolve({ ok: true, value: credential })
  }
  const ready = give()
  const choose = (next: Way) => {
    setWay(next)
    setCredential(undefined)
    setSecret('')
  }
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready === undefined) return
        onLogIn(ready)
        setSecret('')
      }}
    >
      <Segmented
        aria-label={t('add.loginWay')}
        value={way}
        onChange={choose}
        options={ways.map((value) => ({ value, label: t(`add.how_${value}`) }))}
      />
      <div className="rs-add-way">
        {way === 'file' ? <KeyFileChoice files={files} chosen={credential} onChoose={setCredential} /> : null}
        {way === 'key' ? (
          <OtherKey text={secret} chosen={credential} onText={setSecret} onChoose={setCredential} />
        ) : null}
        {way === 'password' ? <PasswordField password={secret} onPassword={setSecret} /> : null}
      </div>
      <p className="rs-muted">
        {way === 'file' || credential?.lasting === true ? t('add.keptFile') : t('add.keptMemory')}
      </p>
      <div className="rs-row">
        <Button onClick={onBack}>{t('common.back')}</Button>
        <Button type="primary" htmlType="submit" disabled={ready === undefined} loading={busy}>
          {busy ? t('add.loggingIn') : t('add.logIn')}
        </Button>
      </div>
    </form>
  )
}
