// Who may use this console, and as what. Where nobody is named yet: what naming them changes, and the first one.
import { useTranslation } from 'react-i18next'
import type { OperatorsState } from '../../../shared/contract/operators.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useOperatorsState } from '../../console/operators/own-sign-in.ts'
import { useLateLabels } from '../../i18n/late-labels.ts'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { AddOperator } from './add-operator.tsx'
import { BeginOperators } from './begin-operators.tsx'
import { OperatorsList } from './operators-list.tsx'
import { PolicyPanel } from './policy-panel.tsx'
import { ProviderPanel } from './provider-panel.tsx'
import './operators.css'

export function OperatorsScreen() {
  useLateLabels()
  const { t } = useTranslation()
  const answer = useOperatorsState()
  if (answer.state === 'waiting') return <Page title={t('operators.title')} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('operators.title')}>
        <FailureNote failure={answer.failure} />
      </Page>
    )
  }
  return answer.value.named ? <Named state={answer.value} /> : <BeginOperators />
}

function Named({ state: { signedIn, policy, providerHost } }: { readonly state: OperatorsState }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['operators.list'], ask: () => product.operators.list({}) })
  const administers = signedIn?.roles.includes('administrator') === true
  if (answer.state === 'waiting') return <Page title={t('operators.title')} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('operators.title')}>
        <FailureNote failure={answer.failure} onRetry={askAgain} />
      </Page>
    )
  }
  return (
    <Page title={t('operators.titleCount', { count: answer.value.length })} lead={t('operators.lead')} narrow>
      <div className="rs-stack">
        <Panel title={t('operators.list')}>
          <OperatorsList all={answer.value} own={signedIn?.name} administers={administers} host={providerHost} />
        </Panel>
        {administers ? <AddOperator /> : null}
        {administers ? <ProviderPanel /> : null}
        {administers ? <PolicyPanel policy={policy} /> : null}
      </div>
    </Page>
  )
}
