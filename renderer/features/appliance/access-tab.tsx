// How people and programs come into what runs on an appliance: what the local network reaches, who signs in where, and
// which key an app has. A secret is shown when somebody asks for it, and goes again by itself.
import { useTranslation } from 'react-i18next'
import type { WayIn } from '../../../shared/domain/sign-in.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useRetry } from '../../console/use-retry.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ConfirmChanged } from './confirm-changed.tsx'
import { Waiting } from './overview-tab.tsx'
import { PublishedPanel } from './published-panel.tsx'
import { SecretCell } from './secret-cell.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'

type AccessProps = {
  readonly appliance: ApplianceAnswers
  readonly onReview: (planId: string) => void
}

export function AccessTab({ appliance, onReview }: AccessProps) {
  return (
    <div className="rs-stack" data-testid="access">
      <PublishedPanel appliance={appliance} onReview={onReview} />
      <SignIns appliance={appliance} />
    </div>
  )
}

function SignIns({ appliance: { name, target } }: { readonly appliance: ApplianceAnswers }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const retry = useRetry(name)
  const { answer, askAgain } = useAnswer({
    key: ['upkeep.signIns', name],
    ask: () => product.upkeep.signIns({ target }),
  })
  if (answer.state === 'waiting') return <Waiting text={t('appliance.access.looking')} />
  if (answer.state === 'failed') {
    return (
      <Panel title={t('appliance.access.people')} tone="absent">
        <FailureNote failure={answer.failure} state="unknown" onRetry={() => retry(askAgain)} />
      </Panel>
    )
  }
  const people = answer.value.flatMap((way) => (way.for === 'people' ? [way] : []))
  const apps = answer.value.flatMap((way) => (way.for === 'app' ? [way] : []))
  return (
    <>
      <Panel title={t('appliance.access.people')} testId="sign-ins">
        {people.length === 0 ? (
          <p className="rs-muted">{t('appliance.access.noPeople')}</p>
        ) : (
          <DataTable
            caption={t('appliance.access.people')}
            columns={[
              { id: 'service', name: t('appliance.access.service'), align: 'start' },
              { id: 'how', name: t('appliance.access.how'), align: 'start' },
              { id: 'secret', name: t('appliance.access.password'), align: 'start' },
            ]}
            rows={people.map((way) => ({
              id: way.deployment,
              cells: [
                way.deployment,
                <How key="how" way={way} />,
                way.signIn.by === 'published' ? (
                  <ConfirmChanged key="secret" way={way} target={target} onChanged={askAgain} />
                ) : (
                  <SecretCell key="secret" way={way} target={target} />
                ),
              ],
            }))}
          />
        )}
      </Panel>
      {apps.length === 0 ? null : (
        <Panel title={t('appliance.access.apps')} testId="app-keys">
          <p className="rs-muted">{t('appliance.access.appsLead')}</p>
          <DataTable
            caption={t('appliance.access.apps')}
            columns={[
              { id: 'app', name: t('appliance.access.app'), align: 'start' },
              { id: 'url', name: t('appliance.access.baseUrl'), align: 'start' },
              { id: 'models', name: t('appliance.access.models'), align: 'start' },
              { id: 'key', name: t('appliance.access.key'), align: 'start' },
            ]}
            rows={apps.map((way) => ({
              id: `${way.deployment} ${way.consumer}`,
              cells: [
                way.consumer,
                <code key="url">{way.baseUrl}</code>,
                way.models.join(', '),
                <SecretCell key="key" way={way} target={target} />,
              ],
            }))}
          />
        </Panel>
      )}
    </>
  )
}

function How({ way: { signIn, isOlder, isChanged } }: { readonly way: Extract<WayIn, { for: 'people' }> }) {
  const { t } = useTranslation()
  if (isOlder === true) return t('appliance.access.older')
  if (signIn.by === 'made') return t('appliance.access.made', { user: signIn.user })
  if (signIn.by !== 'published') return t(`appliance.access.${signIn.by === 'nobody' ? 'nobody' : 'firstVisitor'}`)
  const { user, password } = signIn
  if (isChanged === true) return t('appliance.access.changed', { user })
  return <span className="rs-tone-degraded">{t('appliance.access.published', { user, password })}</span>
}
