// The first named operator. Until then whoever uses this computer has everything, which is right for one person at a desk.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useOwnSession } from '../../console/operators/own-sign-in.ts'
import { useSignInProblem } from '../../console/operators/sign-in-problem.ts'
import { isSame, NewPassphraseFields, noPassphrase } from '../../console/passphrase-field.tsx'
import { useAct } from '../../console/use-act.ts'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { NameField, nameTyped } from './name-field.tsx'

export function BeginOperators() {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const signedIn = useOwnSession()
  const [name, setName] = useState('')
  const [typed, setTyped] = useState(noPassphrase)
  const problem = useSignInProblem(act.failure)
  const named = nameTyped(name)
  const ready = named !== undefined && isSame(typed)
  const begin = () => {
    if (named === undefined) return
    const first = { name: named, passphrase: typed.once }
    setTyped(noPassphrase)
    act.begin(
      'window.beginOperators',
      async () => {
        const begun = await window.beginOperators(first)
        return begun.ok ? window.signIn({ ...first, kind: 'window' }) : begun
      },
      ({ sessionKey }) => signedIn(sessionKey),
    )
  }
  return (
    <Page title={t('operators.title')} lead={t('operators.beginLead')} narrow>
      <div className="rs-stack">
        <Panel title={t('operators.beginWhat')}>
          <ul className="rs-bullets">
            {(['asks', 'roles', 'audit', 'back'] as const).map((one) => (
              <li key={one}>{t(`operators.beginPoints.${one}`)}</li>
            ))}
          </ul>
        </Panel>
        <Panel title={t('operators.first')} testId="begin-operators">
          <form
            className="rs-form"
            onSubmit={(event) => {
              event.preventDefault()
              if (ready && !act.busy) begin()
            }}
          >
            <NameField name={name} onName={setName} />
            <NewPassphraseFields label={t('signIn.passphrase')} typed={typed} problem={problem} onTyped={setTyped} />
            {act.failure === undefined || problem !== undefined ? null : <FailureNote failure={act.failure} />}
            <div className="rs-row">
              <Button type="primary" htmlType="submit" disabled={!ready} loading={act.busy}>
                {t('operators.begin')}
              </Button>
            </div>
          </form>
        </Panel>
      </div>
    </Page>
  )
}
