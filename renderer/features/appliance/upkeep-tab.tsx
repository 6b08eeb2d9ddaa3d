// What can be done with a stack after it was set up: what is not as it was is shown and accepted, a kept version is
// gone back to, and everything is taken away again. Each of them but the accepting is a plan that is read first.
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { VersionSummary } from '../../../shared/contract/upkeep.ts'
import type { Drift } from '../../../shared/domain/drift.ts'
import { driftText } from '../../../shared/words/language.ts'
import { type Answer, useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { useRetry } from '../../console/use-retry.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { Waiting } from './overview-tab.tsx'
import { RecorderPanel } from './recorder-panel.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'
import { useDateText } from './use-date-text.ts'

export type UpkeepProps = {
  readonly appliance: ApplianceAnswers
  /** To the plan that was made, to be read and approved. */
  readonly onReview: (planId: string) => void
  readonly onSetUp: () => void
}

export function UpkeepTab({ appliance, onReview, onSetUp }: UpkeepProps) {
  const { target } = appliance
  return (
    <div className="rs-stack" data-testid="upkeep">
      <DriftPanel appliance={appliance} onSetUp={onSetUp} />
      <VersionsPanel appliance={appliance} onReview={onReview} />
      <RecorderPanel appliance={appliance} />
      <UninstallPanel target={target} onReview={onReview} />
    </div>
  )
}

/** While it is asked, or where it failed; undefined where there is an answer. */
function NotAnswered<T>({ answer, title, onRetry }: { answer: Answer<T>; title: string; onRetry: () => void }) {
  const { t } = useTranslation()
  if (answer.state === 'waiting') return <Waiting text={t('appliance.upkeep.looking')} />
  return answer.state === 'answered' ? null : (
    <Panel title={title} tone="absent">
      <FailureNote failure={answer.failure} state="unknown" onRetry={onRetry} />
    </Panel>
  )
}

function DriftPanel({ appliance: { name, target }, onSetUp }: Pick<UpkeepProps, 'appliance' | 'onSetUp'>) {
  const { t } = useTranslation()
  const words = useWords()
  const { product } = useConsole()
  const retry = useRetry(name)
  const { answer, askAgain } = useAnswer({ key: ['upkeep.drift', name], ask: () => product.upkeep.drift({ target }) })
  const accepting = useAct()
  const title = t('appliance.upkeep.drift')
  if (answer.state !== 'answered') {
    return <NotAnswered answer={answer} title={title} onRetry={() => retry(askAgain)} />
  }
  const ofStack = answer.value.some((one) => one.deployment !== undefined)
  const ofServer = answer.value.some((one) => one.deployment === undefined)
  const accept = () => accepting.begin('upkeep.acceptDrift', () => product.upkeep.acceptDrift({ target }), askAgain)
  return (
    <Panel title={title} testId="drift">
      <VerdictMark
        state={answer.value.length === 0 ? 'healthy' : 'degraded'}
        word={answer.value.length === 0 ? words.upkeep.noDrift : t('appliance.upkeep.differs')}
      />
      <DriftList drift={answer.value} />
      {accepting.failure === undefined ? null : <FailureNote failure={accepting.failure} state="unknown" />}
      <div className="rs-row">
        {ofStack ? <Button onClick={onSetUp}>{t('appliance.upkeep.putBack')}</Button> : null}
        {ofServer ? (
          <Button loading={accepting.busy} onClick={accept}>
            {t('appliance.upkeep.accept')}
          </Button>
        ) : null}
      </div>
    </Panel>
  )
}

function DriftList({ drift }: { readonly drift: readonly Drift[] }) {
  const words = useWords()
  if (drift.length === 0) return null
  return (
    <ul className="rs-drift">
      {drift.map((one) => {
        const text = driftText(one, words)
        return <li key={text}>{text}</li>
      })}
    </ul>
  )
}

function VersionsPanel({ appliance: { name, target }, onReview }: Pick<UpkeepProps, 'appliance' | 'onReview'>) {
  const { t } = useTranslation()
  const { upkeep } = useWords()
  const { product } = useConsole()
  const retry = useRetry(name)
  const dateText = useDateText()
  const { answer, askAgain } = useAnswer({
    key: ['upkeep.versions', name],
    ask: () => product.upkeep.versions({ target }),
  })
  const planning = useAct()
  const title = t('appliance.upkeep.versions')
  if (answer.state !== 'answered') {
    return <NotAnswered answer={answer} title={title} onRetry={() => retry(askAgain)} />
  }
  const plan = ({ deployment, specDigest }: VersionSummary) =>
    planning.begin(
      'upkeep.planRollBack',
      () => product.upkeep.planRollBack({ target, deployment, specDigest }),
      (made) => onReview(made.id),
    )
  const act = (one: VersionSummary) =>
    one.inService ? (
      t('appliance.upkeep.inService')
    ) : one.takenBack === true ? (
      t('appliance.upkeep.takenBack')
    ) : (
      <Button size="small" disabled={planning.busy} onClick={() => plan(one)}>
        {t('appliance.upkeep.rollBack')}
      </Button>
    )
  return (
    <Panel title={title} testId="versions">
      <p className="rs-muted">{answer.value.length === 0 ? upkeep.noVersions : t('appliance.upkeep.versionsLead')}</p>
      {planning.failure === undefined ? null : <FailureNote failure={planning.failure} state="unknown" />}
      {answer.value.length === 0 ? null : (
        <DataTable
          caption={title}
          columns={[
            { id: 'deployment', name: t('appliance.upkeep.deployment'), align: 'start' },
            { id: 'version', name: t('appliance.upkeep.version'), align: 'start' },
            { id: 'since', name: t('appliance.upkeep.putInPlace'), align: 'start' },
            { id: 'act', name: '' },
          ]}
          rows={answer.value.map((one) => ({
            id: `${one.deployment} ${one.specDigest}`,
            cells: [
              one.deployment,
              <span key="version">
                {one.version} <code>{one.specDigest.slice(0, 12)}</code>
              </span>,
              dateText(one.keptAt),
              act(one),
            ],
          }))}
        />
      )}
    </Panel>
  )
}

function UninstallPanel({ target, onReview }: { readonly target: Target } & Pick<UpkeepProps, 'onReview'>) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [deletesData, setDeletesData] = useState(false)
  const planning = useAct()
  const plan = () =>
    planning.begin(
      'upkeep.planUninstall',
      () => product.upkeep.planUninstall({ target, deletesData }),
      (made) => onReview(made.id),
    )
  return (
    <Panel title={t('appliance.upkeep.uninstall')} testId="uninstall">
      <p>{t('appliance.upkeep.uninstallLead')}</p>
      {planning.failure === undefined ? null : <FailureNote failure={planning.failure} state="unknown" />}
      <p>
        <Checkbox checked={deletesData} onChange={(event) => setDeletesData(event.target.checked)}>
          {t('appliance.upkeep.deleteData')}
        </Checkbox>
      </p>
      <Button danger loading={planning.busy} onClick={plan}>
        {t('appliance.upkeep.planUninstall')}
      </Button>
    </Panel>
  )
}
