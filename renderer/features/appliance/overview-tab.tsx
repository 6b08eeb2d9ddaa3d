// The overview: what runs and whether it answers, the accelerators as they are this second, the server around them.
import { useTranslation } from 'react-i18next'
import { FailureNote } from '../../console/failure-note.tsx'
import { AgeIn, inPlace } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FactList } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictShape } from '../../ui/verdict-mark.tsx'
import { DeploymentList } from './deployment-list.tsx'
import { LivePanel } from './live-panel.tsx'
import { useServerFacts } from './server-facts.ts'
import { PartialMark } from './summary.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'

export type OverviewProps = {
  readonly appliance: ApplianceAnswers
  /** The appliance cannot be looked at: what is shown is what was last known. */
  readonly faded: boolean
}

export function OverviewTab({ appliance, faded }: OverviewProps) {
  const { t } = useTranslation()
  if (appliance.facts.state === 'failed' && appliance.status.state === 'failed') {
    return <p className="rs-muted">{t('appliance.nothingKnown')}</p>
  }
  return (
    <div className="rs-overview">
      <div className="rs-stack">
        <LivePanel appliance={appliance} faded={faded} />
        <Deployments appliance={appliance} faded={faded} />
      </div>
      <ServerPanel appliance={appliance} faded={faded} />
    </div>
  )
}

function Deployments({ appliance: { status }, faded }: OverviewProps) {
  const { t } = useTranslation()
  if (status.state === 'failed') return null
  if (status.state === 'answered' && status.value.deployments.length === 0) {
    return <EmptyState title={t('appliance.nothingDeployed')}>{t('appliance.nothingDeployedLead')}</EmptyState>
  }
  return (
    <Panel title={t('appliance.deployments')}>
      {status.state === 'waiting' ? (
        <Waiting text={t('appliance.lookingReason')} />
      ) : (
        <div className={faded ? 'rs-faded' : undefined}>
          <DeploymentList deployments={status.value.deployments} />
        </div>
      )}
    </Panel>
  )
}

function ServerPanel({ appliance: { facts }, faded }: OverviewProps) {
  const { t } = useTranslation()
  const serverFacts = useServerFacts()
  if (facts.state === 'failed') {
    return (
      <Panel title={t('appliance.server')} tone="absent">
        <FailureNote failure={facts.failure} state="unknown" />
      </Panel>
    )
  }
  if (facts.state === 'waiting') {
    return (
      <Panel title={t('appliance.server')}>
        <div className="rs-waiting-tall">
          <Waiting text={t('appliance.loading')} />
        </div>
      </Panel>
    )
  }
  const old = faded || facts.problem !== undefined
  return (
    <Panel
      title={t('appliance.server')}
      actions={
        <small>
          <AgeIn label={t(old ? 'appliance.lastKnown' : 'appliance.looked', inPlace)} atMs={facts.atMs} />
        </small>
      }
    >
      <div className={old ? 'rs-faded' : undefined}>
        <PartialMark facts={facts.value} />
        <FactList facts={serverFacts(facts.value)} />
      </div>
    </Panel>
  )
}

export function Waiting({ text }: { readonly text: string }) {
  return (
    <p className="rs-waiting rs-muted">
      <VerdictShape state="working" /> {text}
    </p>
  )
}
