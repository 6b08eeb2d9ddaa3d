// The first named operator. Until then whoever uses this computer has everything, which is right for one person at a desk.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { operatorName } from '../../../shared/domain/operator.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useOwnSession } from '../../console/operators/own-sign-in.ts'
import { useSignInProblem } from '../../console/operators/sign-in-problem.ts'
import { isSame, NewPassphraseFields, noPassphrase } from '../../console/passphrase-field.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'

export function BeginOperators() {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const signedIn = useOwnSession()
  const [name, setName] = useState('')
  const [typed, setTyped] = useState(noPassphrase)
  const problem = useSignInProblem(act.failure)
  const named = operatorName.safeParse(name.trim().normalize('NFKC'))
  const ready = named.success && isSame(typed)
  const begin = () => {
    if (!named.success) return
    const first = { name: named.data, passphrase: typed.once }
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
            <Field
              label={t('signIn.name')}
              hint={t('operators.nameHint')}
              problem={name !== '' && !named.success ? t('operators.nameWrong') : undefined}
            >
              {(control) => (
                <Input {...control} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
              )}
            </Field>
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
