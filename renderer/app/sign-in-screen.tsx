// Who is there: name and passphrase, before anything of the console is shown. What runs goes on meanwhile, and after the
// sign-in the page is where it was.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OperatorsState } from '../../shared/contract/operators.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import { useConsole } from '../console/console-context.tsx'
import { FailureNote } from '../console/failure-note.tsx'
import { ownSession } from '../console/link/session-key.ts'
import { useAtProvider, WaitingForProvider } from '../console/operators/at-provider.tsx'
import { ChangeOwnPassphrase } from '../console/operators/change-own-passphrase.tsx'
import { useOwnSession } from '../console/operators/own-sign-in.ts'
import { useSignInProblem } from '../console/operators/sign-in-problem.ts'
import { PassphraseField } from '../console/passphrase-field.tsx'
import { useAbout } from '../console/use-about.ts'
import { useAct } from '../console/use-act.ts'
import { Field } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { LanguageSwitch } from './top-bar.tsx'

/** The name that was signed in last at this page: whoever was locked out types the passphrase alone. */
let lastName = ''

export function SignInScreen({ why, providerHost }: Pick<OperatorsState, 'why' | 'providerHost'>) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const begin = useOwnSession()
  const [name, setName] = useState(lastName)
  const [passphrase, setPassphrase] = useState('')
  const problem = useSignInProblem(act.failure)
  const ready = name.trim() !== '' && passphrase !== ''
  const signIn = () => {
    setPassphrase('')
    act.begin(
      'window.signIn',
      () => window.signIn({ name: name.trim(), passphrase, kind: 'window' }),
      (answer) => {
        lastName = answer.name
        begin(answer.sessionKey)
      },
    )
  }
  const lead = why === undefined || why === 'never' ? t('signIn.lead') : t(`signIn.ended.${why}`)
  return (
    <main className="rs-alone" data-testid="sign-in">
      <Page title={t('signIn.title')} lead={lead} actions={<LanguageSwitch />} narrow>
        <form
          className="rs-form"
          onSubmit={(event) => {
            event.preventDefault()
            if (ready && !act.busy) signIn()
          }}
        >
          <Field label={t('signIn.name')}>
            {(control) => (
              <Input
                {...control}
                autoFocus={lastName === ''}
                value={name}
                maxLength={60}
                autoComplete="username"
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <PassphraseField
            label={t('signIn.passphrase')}
            focus={lastName !== ''}
            passphrase={passphrase}
            problem={problem}
            onPassphrase={setPassphrase}
          />
          {act.failure === undefined || problem !== undefined ? null : <FailureNote failure={act.failure} />}
          <div className="rs-row">
            <Button type="primary" htmlType="submit" disabled={!ready} loading={act.busy}>
              {t('signIn.go')}
            </Button>
          </div>
        </form>
        {providerHost === undefined ? null : <ByProvider host={providerHost} />}
      </Page>
    </main>
  )
}

/** In a browser alone: to a window of the desktop no provider sends anybody back. */
function ByProvider({ host }: { readonly host: string }) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const about = useAbout()
  const begin = useOwnSession()
  const at = useAtProvider({
    purpose: 'sign-in',
    call: 'window.finishProviderSignIn',
    ask: (answer) => window.finishProviderSignIn(answer),
    done: ({ sessionKey }) => begin(sessionKey),
  })
  if (about?.shell !== 'web') return null
  return (
    <div className="rs-form rs-provider">
      {at.failure === undefined ? null : <FailureNote failure={at.failure} />}
      {at.address === undefined ? (
        <div className="rs-row">
          <Button onClick={at.begin} loading={at.busy}>
            {t('signIn.byProvider', { host })}
          </Button>
        </div>
      ) : (
        <WaitingForProvider at={at} />
      )}
    </div>
  )
}

/** Somebody else knows the passphrase: nothing else is done before there is another one. */
export function NewPassphraseScreen({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  return (
    <main className="rs-alone" data-testid="new-passphrase">
      <Page title={t('signIn.newTitle', { name })} lead={t('signIn.newLead')} actions={<LanguageSwitch />} narrow>
        <ChangeOwnPassphrase onDone={() => undefined} />
      </Page>
    </main>
  )
}

/** Who may use this console cannot be read: nobody is let in until it can. */
export function UnknownScreen({ failure }: { readonly failure: Failure }) {
  const { t } = useTranslation()
  const ask = useOwnSession()
  return (
    <main className="rs-alone" data-testid="operators-unknown">
      <Page title={t('signIn.unknown')} actions={<LanguageSwitch />} narrow>
        <FailureNote failure={failure} onRetry={() => ask(ownSession())} />
      </Page>
    </main>
  )
}
