// The page of one appliance: how it is and why in the first line, what it consists of, and its tabs.
import { Button, Tabs } from 'antd'
import { type ReactNode, Suspense, useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Right } from '../../../shared/domain/role.ts'
import { AccessMarks } from '../../console/access-marks.tsx'
import { ConnectionDrawer } from '../../console/connection/connection-drawer.tsx'
import { useLinkState } from '../../console/console-context.tsx'
import { DemoMark } from '../../console/demo/demo-mark.tsx'
import { DemoStrip } from '../../console/demo/demo-strip.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useMay } from '../../console/operators/may.ts'
import { useProof } from '../../console/proof/use-proof.ts'
import { useNow } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import './appliance.css'
import { type Condition, conditionOf } from '../../console/condition.ts'
import { PrintPage } from '../../console/print-page.tsx'
import { AcceptanceTab } from './acceptance-tab.tsx'
import { AccessTab } from './access-tab.tsx'
import { ActiveAlerts } from './active-alerts.tsx'
import { ConditionLine } from './condition-line.tsx'
import { DeploymentsTab } from './deployments-tab.tsx'
import { DoctorTab } from './doctor-tab.tsx'
import { HardwareTab } from './hardware-tab.tsx'
import { HistoryTab } from './history-tab.tsx'
import { OverviewTab, Waiting } from './overview-tab.tsx'
import { OwnKeyAct } from './own-key-act.tsx'
import { failureOf, PageActs } from './page-acts.tsx'
import { ProofDrawer } from './proof-drawer.tsx'
import { Summary } from './summary.tsx'
import { TakenBackBanner } from './taken-back.tsx'
import { UpkeepTab } from './upkeep-tab.tsx'
import { type ApplianceAnswers, useAppliance } from './use-appliance.ts'

const tabs = [
  'overview',
  'hardware',
  'doctor',
  'deployments',
  'access',
  'monitor',
  'logs',
  'terminal',
  'history',
  'acceptance',
  'upkeep',
] as const
export type ApplianceTab = (typeof tabs)[number]

/** What they ask first; of the others everybody sees the part that is theirs. */
const rightOfTab: { readonly [T in ApplianceTab]?: readonly Right[] } = {
  monitor: ['look'],
  logs: ['operate'],
  terminal: ['operate', 'audit'],
  acceptance: ['look'],
  upkeep: ['operate'],
}

export type ApplianceScreenProps = {
  readonly name: string
  readonly tab: ApplianceTab
  /** The live charts: another island, handed in. Shown only while its tab is open. */
  readonly monitor: ReactNode
  /** The same of what its services write. */
  readonly logs: ReactNode
  /** The same of a person's own shell there. */
  readonly terminal: ReactNode
  readonly onTab: (tab: ApplianceTab) => void
  readonly onSetUp: () => void
  readonly onLogIn: () => void
  readonly onOpenRun: (planId: string) => void
  readonly onReview: (planId: string) => void
  readonly onLeave: () => void
  /** To the alerts of this appliance. */
  readonly onAlerts: () => void
  /** To the drills of the demo appliances. */
  readonly onDemo: () => void
}

export function ApplianceScreen(props: ApplianceScreenProps) {
  const { t } = useTranslation()
  const appliance = useAppliance(props.name)
  if (!appliance.gone) return <KnownAppliance {...props} appliance={appliance} />
  return (
    <Page title={props.name}>
      <EmptyState
        title={t('appliance.unknownTitle')}
        action={
          <Button type="primary" onClick={props.onLeave}>
            {t('appliance.toAppliances')}
          </Button>
        }
      >
        {t('appliance.unknownLead')}
      </EmptyState>
    </Page>
  )
}

type KnownProps = ApplianceScreenProps & { readonly appliance: ApplianceAnswers }

function KnownAppliance({ appliance, ...props }: KnownProps) {
  const { t } = useTranslation()
  const { name, tab, onTab, onSetUp, onOpenRun, onLogIn } = props
  // The press is answered at once; what is on the tab is drawn between other presses, however much it is.
  const drawn = useDeferredValue(tab)
  const may = useMay()
  const shown = tabs.filter((one) => one === tab || may(...(rightOfTab[one] ?? ['look-granted'])))
  const [proving, setProving] = useState(false)
  const [testing, setTesting] = useState(false)
  const watchOnly = appliance.saved?.watchOnly === true
  const proof = useProof(appliance.target)
  const condition = useCondition(appliance, proof.phase === 'done' ? proof.proof.verdict : undefined)
  useLookAfterProof(appliance, proof.phase === 'done')
  const prove = () => {
    setProving(true)
    if (proof.phase !== 'running') proof.start()
  }
  return (
    <Page
      title={
        <>
          {name}
          <DemoMark name={name} />
          <AccessMarks access={appliance.saved} />
        </>
      }
      lead={
        <>
          <ConditionLine condition={condition} reachedAtMs={reachedAt(appliance)} />
          {may('look') ? <ActiveAlerts name={name} onAlerts={props.onAlerts} /> : null}
          <Summary appliance={appliance} />
          {watchOnly ? <p className="rs-muted">{t('access.watchNoSetUp')}</p> : null}
          <OwnKeyAct saved={appliance.saved} />
        </>
      }
      actions={
        <>
          <PageActs
            condition={condition}
            watchOnly={watchOnly}
            second={tab === 'acceptance' || tab === 'terminal'}
            onProve={prove}
            onTest={() => setTesting(true)}
            onRetry={appliance.retry}
            {...{ onSetUp, onLogIn, onOpenRun }}
          />
          {/* Of a log and a terminal there is on paper what is on the screen, and no more: they are saved as files. */}
          {tab === 'logs' || tab === 'terminal' ? null : <PrintPage name={`${name}-${tab}`} />}
        </>
      }
    >
      <DemoStrip name={name} onDemo={props.onDemo} />
      <Trouble condition={condition} />
      <TakenBackBanner condition={condition} />
      <Tabs
        activeKey={tab}
        onChange={(next) => onTab(tabs.find((one) => one === next) ?? 'overview')}
        destroyOnHidden
        items={shown.map((key) => ({
          key,
          label: t(`appliance.tab.${key}`),
          children:
            key === drawn ? <TabContent {...props} tab={key} appliance={appliance} condition={condition} /> : null,
        }))}
      />
      <ProofDrawer
        name={name}
        target={appliance.target}
        proof={proof}
        open={proving}
        onClose={() => setProving(false)}
      />
      <ConnectionDrawer name={name} target={testing ? appliance.target : undefined} onClose={() => setTesting(false)} />
    </Page>
  )
}

function useCondition(
  { status, runs }: ApplianceAnswers,
  verdict: Extract<Condition, { is: 'seen' }>['verdict'] | undefined,
): Condition {
  const linked = useLinkState().state === 'open'
  const nowMs = useNow(5000)
  // When this page's own proof ended: the time of the first render that has its verdict.
  const [proven, setProven] = useState<{ verdict: typeof verdict; atMs: number }>({ verdict: undefined, atMs: 0 })
  if (verdict !== proven.verdict) setProven({ verdict, atMs: Date.now() })
  const own = proven.verdict === undefined ? undefined : { verdict: proven.verdict, atMs: proven.atMs }
  return conditionOf(status, { runs, nowMs, linked, proven: own })
}

/** A proof that ended while looking fails: the appliance may be back, so it is looked at again at once. */
function useLookAfterProof({ status, askAgain }: ApplianceAnswers, done: boolean): void {
  const fails = status.state === 'failed' || (status.state === 'answered' && status.problem !== undefined)
  const look = useRef(askAgain)
  look.current = askAgain
  const failsNow = useRef(fails)
  failsNow.current = fails
  useEffect(() => {
    if (done && failsNow.current) look.current()
  }, [done])
}

/** When this window last had an answer of the appliance. */
function reachedAt({ facts, status }: ApplianceAnswers): number | undefined {
  const times = [facts, status].flatMap((answer) => (answer.state === 'answered' ? [answer.atMs] : []))
  return times.length === 0 ? undefined : Math.max(...times)
}

/** What helps is the primary act in the head of the page. */
function Trouble({ condition }: { readonly condition: Condition }) {
  const failure = failureOf(condition)
  if (failure === undefined) return null
  return (
    <div className="rs-trouble">
      <Panel tone="needs">
        <FailureNote failure={failure} state="unknown" />
      </Panel>
    </div>
  )
}

type TabProps = ApplianceScreenProps & { readonly appliance: ApplianceAnswers; readonly condition: Condition }

function TabContent({ tab, appliance, condition, monitor, logs, terminal, ...acts }: TabProps) {
  const { t } = useTranslation()
  // What needs Linux is never asked for there: what was read is no older for it.
  const faded = failureOf(condition)?.kind !== 'linux-needed' && ['old', 'unreachable'].includes(condition.is)
  switch (tab) {
    case 'overview':
      return <OverviewTab appliance={appliance} faded={faded} />
    case 'hardware':
      return <HardwareTab answer={appliance.facts} faded={faded} />
    case 'doctor':
      return <DoctorTab appliance={appliance} faded={faded} />
    case 'deployments':
      return <DeploymentsTab appliance={appliance} faded={faded} />
    case 'access':
      return <AccessTab appliance={appliance} onReview={acts.onReview} />
    case 'monitor':
      return <Suspense fallback={<Waiting text={t('appliance.loading')} />}>{monitor}</Suspense>
    case 'logs':
      return <Suspense fallback={<Waiting text={t('logs.loading')} />}>{logs}</Suspense>
    case 'terminal':
      return <Suspense fallback={<Waiting text={t('terminal.reading')} />}>{terminal}</Suspense>
    case 'history':
      return <HistoryTab appliance={appliance} onOpenRun={acts.onOpenRun} />
    case 'acceptance':
      return <AcceptanceTab appliance={appliance} />
    case 'upkeep':
      return <UpkeepTab appliance={appliance} onReview={acts.onReview} onSetUp={acts.onSetUp} />
  }
}
