// Every deployment in full: its verdict, its container, the checks it passed and how fast it answered. One that is
// gone is listed with the rest: missed, not forgotten.

import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { isAsked } from '../../../shared/domain/deployment.ts'
import type { Container, Facts } from '../../../shared/domain/facts.ts'
import { solutionOf } from '../../../shared/domain/installed-model.ts'
import type { Reading } from '../../../shared/domain/reading.ts'
import { deploymentLabel } from '../../../shared/domain/remote-layout.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../../shared/domain/verdict.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { HeldParts } from '../../console/held-parts.tsx'
import { proofOfVerdict } from '../../console/proof/proof-state.ts'
import { ProofView } from '../../console/proof/proof-view.tsx'
import { PublishedSignIn } from '../../console/published-sign-in.tsx'
import { Reach } from '../../console/reach/reach.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { type Fact, FactList, known } from '../../ui/fact-list.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Parts } from './deployment-list.tsx'
import { Waiting } from './overview-tab.tsx'
import { heldIn, TakenBackMarks, useWhoseFacts } from './taken-back.tsx'
import { underServices } from './under-services.ts'
import type { ApplianceAnswers } from './use-appliance.ts'
import { useDateText } from './use-date-text.ts'

export type DeploymentsProps = { readonly appliance: ApplianceAnswers; readonly faded: boolean }

export function DeploymentsTab({ appliance: { name, status, facts }, faded }: DeploymentsProps) {
  const { t } = useTranslation()
  if (status.state === 'waiting') return <Waiting text={t('appliance.lookingReason')} />
  if (status.state === 'failed') {
    return (
      <Panel tone="absent">
        <FailureNote failure={status.failure} state="unknown" />
      </Panel>
    )
  }
  const { deployments } = status.value
  if (deployments.length === 0) {
    return <EmptyState title={t('appliance.nothingDeployed')}>{t('appliance.nothingDeployedLead')}</EmptyState>
  }
  const found = facts.state === 'answered' ? facts.value : undefined
  const records = found?.deployments.state === 'known' ? found.deployments.value : []
  return (
    <div className={faded ? 'rs-stack rs-faded' : 'rs-stack'}>
      <Reach name={name} endpoints={records.map(({ proof }) => proof).filter(isAsked)} />
      {underServices(deployments).map(({ service, parts }) => (
        <DeploymentPanel key={service.deployment} verdict={service} parts={parts} whole={status.value} facts={found} />
      ))}
    </div>
  )
}

type PanelProps = {
  readonly verdict: DeploymentVerdict
  readonly parts: readonly DeploymentVerdict[]
  readonly whole: ApplianceVerdict
  readonly facts: Facts | undefined
}

function DeploymentPanel({ verdict, parts, whole, facts }: PanelProps) {
  const containerFacts = useContainerFacts()
  const { t } = useTranslation()
  const entry = { label: t('appliance.entry'), value: known(`${verdict.entry} ${verdict.version}`) }
  const whose = useWhoseFacts()(verdict)
  const ofContainer = facts === undefined ? [] : containerFacts(verdict.deployment, facts)
  const rows = [entry, ...ofContainer, ...whose]
  return (
    <Panel testId={`deployment-${verdict.deployment}`}>
      <TakenBackMarks verdict={verdict} />
      <PublishedSignIn verdict={verdict} />
      <HeldParts held={heldIn(verdict)} />
      <div className="rs-deployment">
        <ProofView proof={proofOfVerdict({ ...whole, deployments: [verdict] })} phase="done" />
        <FactList facts={rows} />
        <Parts parts={parts} />
      </div>
    </Panel>
  )
}

function useContainerFacts(): (deployment: string, facts: Facts) => readonly Fact[] {
  const { t } = useTranslation()
  const dateText = useDateText()
  return (deployment, { containers, deployments }) => {
    const record =
      deployments.state === 'known' ? deployments.value.find((one) => one.deployment === deployment) : undefined
    const port: readonly Fact[] = [
      ...(record === undefined || !isAsked(record.proof)
        ? []
        : [{ label: t('appliance.listens'), value: known(<code>127.0.0.1:{record.proof.hostPort}</code>) }]),
      ...crossFacts(deployment, deployments, t),
    ]
    const container = containerOf(deployment, containers)
    if (container.state !== 'known') return [{ label: t('appliance.container'), value: container }, ...port]
    if (container.value === undefined) {
      return [{ label: t('appliance.container'), value: known(t('appliance.containerGone')) }, ...port]
    }
    const { state, startedAt, restartCount } = container.value
    return [
      { label: t('appliance.container'), value: known(t(`appliance.containerState.${state}`)) },
      ...(state === 'running' ? [{ label: t('appliance.startedAt'), value: known(dateText(startedAt)) }] : []),
      { label: t('appliance.restarts'), value: known(restartCount) },
      ...port,
    ]
  }
}

/** Across solutions: the model that an app uses, and of a model the apps that use it. */
function crossFacts(deployment: string, deployments: Facts['deployments'], t: TFunction): readonly Fact[] {
  const records = deployments.state === 'known' ? deployments.value : []
  const used = records.find((one) => one.deployment === deployment)?.uses
  const users = records.filter(({ uses }) => uses?.deployment === deployment).map((one) => one.deployment)
  const usedText = used && t('appliance.usedModel', { ...used, solution: solutionOf(used) })
  return [
    ...(usedText === undefined ? [] : [{ label: t('appliance.uses'), value: known(usedText) }]),
    ...(users.length === 0 ? [] : [{ label: t('appliance.usedBy'), value: known(users.join(', ')) }]),
  ]
}

function containerOf(deployment: string, containers: Facts['containers']): Reading<Container | undefined> {
  if (containers.state !== 'known') return containers
  return { state: 'known', value: containers.value.find(({ labels }) => labels[deploymentLabel] === deployment) }
}
