// Asks whoever is signed in for the passphrase once more, above everything else.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../console-context.tsx'
import { FormDialog } from '../form-dialog.tsx'
import { PassphraseField } from '../passphrase-field.tsx'
import { useAct } from '../use-act.ts'
import { useAtProvider, WaitingForProvider } from './at-provider.tsx'
import { useOperatorsState } from './own-sign-in.ts'
import { useSignInProblem } from './sign-in-problem.ts'
import { dropStepUp, useStepUpQuestion } from './step-up.ts'

export function StepUpPrompt() {
  const question = useStepUpQuestion()
  // A window that locks takes the question away.
  useEffect(() => dropStepUp, [])
  const who = useOperatorsState()
  if (question === undefined) return null
  const { signedIn = null, providerHost } = who.state === 'answered' ? who.value : {}
  if (signedIn?.by !== 'provider') return <Asked onAnswer={question.answer} />
  return <AskedThere host={providerHost ?? ''} onAnswer={question.answer} />
}

function Asked({ onAnswer }: { readonly onAnswer: (typed: boolean) => void }) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const [passphrase, setPassphrase] = useState('')
  const problem = useSignInProblem(act.failure)
  const go = () => {
    setPassphrase('')
    act.begin(
      'window.stepUp',
      () => window.stepUp({ passphrase }),
      () => onAnswer(true),
    )
  }
  return (
    <FormDialog
      title={t('signIn.stepUpTitle')}
      word={t('signIn.goOn')}
      act={{ busy: act.busy, failure: problem === undefined ? act.failure : undefined }}
      ready={passphrase !== ''}
      testId="step-up"
      onGo={go}
      onCancel={() => onAnswer(false)}
    >
      <p className="rs-muted">{t('signIn.stepUpLead')}</p>
      <PassphraseField
        label={t('signIn.passphrase')}
        focus
        passphrase={passphrase}
        problem={problem}
        onPassphrase={setPassphrase}
      />
    </FormDialog>
  )
}

/** Who came by the identity provider says there once more who they are. */
function AskedThere({ host, onAnswer }: { readonly host: string; readonly onAnswer: (typed: boolean) => void }) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const at = useAtProvider({
    purpose: 'step-up',
    call: 'window.finishProviderStepUp',
    ask: (answer) => window.finishProviderStepUp(answer),
    done: () => onAnswer(true),
  })
  return (
    <FormDialog
      title={t('signIn.stepUpTitleThere')}
      word={t('signIn.byProvider', { host })}
      act={{ busy: at.busy, failure: at.failure }}
      ready={at.address === undefined}
      testId="step-up-there"
      onGo={at.begin}
      onCancel={() => onAnswer(false)}
    >
      <p className="rs-muted">{t('signIn.stepUpLeadThere', { host })}</p>
      <WaitingForProvider at={at} />
    </FormDialog>
  )
}
