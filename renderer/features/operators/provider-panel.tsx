// The site's identity provider, by which windows in a browser sign in: where it is, whether it answers, and what has to be
// written there. Who may do what stays with the operators of this page.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdentityProvider } from '../../../shared/domain/identity-provider.ts'
import { providerHost, providerReturnPlace } from '../../../shared/domain/provider-address.ts'
import { useAnswer, useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAbout } from '../../console/use-about.ts'
import { useAct } from '../../console/use-act.ts'
import { Panel } from '../../ui/panel.tsx'
import { ProviderDialog } from './provider-dialog.tsx'

/** Of the web shell, where nobody chose another port. */
const usualOrigin = 'http://127.0.0.1:7465'

export function ProviderPanel() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['operators.provider'], ask: () => product.operators.provider({}) })
  const about = useAbout()
  const [setting, setSetting] = useState(false)
  if (answer.state === 'waiting') return null
  const origin = about?.shell === 'web' ? location.origin : usualOrigin
  return (
    <Panel title={t('operators.provider')} testId="operators-provider">
      <div className="rs-form">
        <p className="rs-muted">{t('operators.providerLead')}</p>
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
        <div>
          <p>{t('operators.providerReturn')}</p>
          <CopyBlock text={`${origin}${providerReturnPlace}`} />
        </div>
        {answer.state === 'answered' && answer.value !== null ? <Present provider={answer.value} /> : null}
        <div className="rs-row">
          <Button onClick={() => setSetting(true)}>{t('operators.providerSet')}</Button>
        </div>
      </div>
      {setting ? (
        <ProviderDialog
          before={answer.state === 'answered' ? (answer.value ?? undefined) : undefined}
          onClose={() => setSetting(false)}
        />
      ) : null}
    </Panel>
  )
}

function Present({ provider: { issuer, clientId, confidential, ca } }: { readonly provider: IdentityProvider }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [answered, setAnswered] = useState(false)
  const test = () => {
    setAnswered(false)
    act.begin(
      'operators.testProvider',
      () => product.operators.testProvider({}),
      () => setAnswered(true),
    )
  }
  const remove = () =>
    act.begin(
      'operators.removeProvider',
      () => product.operators.removeProvider({}),
      () => outdate(),
    )
  return (
    <>
      <div data-testid="provider" translate="no">
        <strong>{issuer}</strong>
        <div>{clientId}</div>
      </div>
      <small>{confidential ? t('operators.providerSecretKept') : t('operators.providerNoSecret')}</small>
      {ca === undefined ? null : <small>{t('operators.providerOwnAuthority')}</small>}
      {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      <div className="rs-row">
        <Button onClick={test} disabled={act.busy}>
          {t('operators.providerTest')}
        </Button>
        <Button onClick={remove} disabled={act.busy}>
          {t('operators.providerRemove')}
        </Button>
        <span aria-live="polite">{answered ? t('operators.providerAnswers', { host: providerHost(issuer) }) : ''}</span>
      </div>
    </>
  )
}
