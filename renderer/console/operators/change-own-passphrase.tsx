// One's own passphrase: the old one, and a new one twice.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOutdate } from '../answers.ts'
import { useConsole } from '../console-context.tsx'
import { FailureNote } from '../failure-note.tsx'
import { isSame, NewPassphraseFields, noPassphrase, PassphraseField } from '../passphrase-field.tsx'
import { useAct } from '../use-act.ts'
import { useSignInProblem } from './sign-in-problem.ts'

export type ChangeOwnPassphraseProps = { readonly onDone: () => void; readonly onCancel?: () => void }

export function ChangeOwnPassphrase({ onDone, onCancel }: ChangeOwnPassphraseProps) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const outdate = useOutdate()
  const [old, setOld] = useState('')
  const [typed, setTyped] = useState(noPassphrase)
  const problem = useSignInProblem(act.failure)
  const ofOld = act.failure?.kind === 'sign-in-refused' || act.failure?.kind === 'sign-in-locked'
  const ready = old !== '' && isSame(typed)
  const change = () => {
    const given = { oldPassphrase: old, newPassphrase: typed.once }
    setOld('')
    setTyped(noPassphrase)
    act.begin(
      'window.changeOwnPassphrase',
      () => window.changeOwnPassphrase(given),
      () => {
        outdate()
        onDone()
      },
    )
  }
  return (
    <form
      className="rs-form"
      data-testid="own-passphrase"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !act.busy) change()
      }}
    >
      <PassphraseField
        label={t('signIn.oldPassphrase')}
        focus
        passphrase={old}
        problem={ofOld ? problem : undefined}
        onPassphrase={setOld}
      />
      <NewPassphraseFields
        label={t('credentials.newPassphrase')}
        typed={typed}
        problem={ofOld ? undefined : problem}
        onTyped={setTyped}
      />
      {act.failure === undefined || problem !== undefined ? null : <FailureNote failure={act.failure} />}
      <div className="rs-row">
        <Button type="primary" htmlType="submit" disabled={!ready} loading={act.busy}>
          {t('signIn.change')}
        </Button>
        {onCancel === undefined ? null : <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      </div>
    </form>
  )
}
