// Asks whoever is signed in for the passphrase once more, above everything else.
import { Button, Modal } from 'antd'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../console-context.tsx'
import { FailureNote } from '../failure-note.tsx'
import { PassphraseField } from '../passphrase-field.tsx'
import { useAct } from '../use-act.ts'
import { useSignInProblem } from './sign-in-problem.ts'
import { dropStepUp, useStepUpQuestion } from './step-up.ts'

export function StepUpPrompt() {
  const question = useStepUpQuestion()
  // A window that locks takes the question away.
  useEffect(() => dropStepUp, [])
  return question === undefined ? null : <Asked onAnswer={question.answer} />
}

function Asked({ onAnswer }: { readonly onAnswer: (typed: boolean) => void }) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const formId = useId()
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
    <Modal
      open
      width={480}
      title={t('signIn.stepUpTitle')}
      onCancel={() => onAnswer(false)}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button onClick={() => onAnswer(false)}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" form={formId} disabled={passphrase === ''} loading={act.busy}>
            {t('signIn.goOn')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="rs-form"
        data-testid="step-up"
        onSubmit={(event) => {
          event.preventDefault()
          if (passphrase !== '' && !act.busy) go()
        }}
      >
        <p className="rs-muted">{t('signIn.stepUpLead')}</p>
        <PassphraseField
          label={t('signIn.passphrase')}
          focus
          passphrase={passphrase}
          problem={problem}
          onPassphrase={setPassphrase}
        />
        {act.failure === undefined || problem !== undefined ? null : <FailureNote failure={act.failure} />}
      </form>
    </Modal>
  )
}
