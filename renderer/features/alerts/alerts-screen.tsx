// Alerts: the first line says what needs somebody; then what is wrong now and what was, and who is told of it.
import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertSettings, AlertsNow } from '../../../shared/contract/alerts.ts'
import { useAlertsNow, wantsSomebody } from '../../console/alerts-now.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useLinkState, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import './alerts.css'
import { ChannelsPart } from './channels-part.tsx'
import { NowPart } from './now-part.tsx'
import { PastPart } from './past-part.tsx'
import { QuietPart } from './quiet-part.tsx'
import { RulesPart } from './rules-part.tsx'

const alertTabs = ['now', 'past', 'channels', 'rules', 'quiet'] as const
export type AlertTab = (typeof alertTabs)[number]

export type AlertsScreenProps = {
  readonly tab: AlertTab
  /** Only of the appliance with this name. */
  readonly only: string | undefined
  readonly onTab: (tab: AlertTab) => void
  readonly onAll: () => void
  readonly onOpen: (name: string) => void
  /** Of the alert with this id. */
  readonly onReport: (id: string) => void
}

export function AlertsScreen(props: AlertsScreenProps) {
  const { t } = useTranslation()
  const { answer, askAgain } = useAlertsNow()
  if (answer.state === 'waiting') return <Page title={t('alerts.loading')} />
  if (answer.state === 'failed') {
    return (
      <Page title={t('alerts.title')}>
        <FailureNote failure={answer.failure} onRetry={askAgain} />
      </Page>
    )
  }
  return <Known {...props} now={answer.value} isOld={answer.problem !== undefined} />
}

type KnownProps = AlertsScreenProps & { readonly now: AlertsNow; readonly isOld: boolean }

function Known({ now, isOld, ...props }: KnownProps) {
  const { t } = useTranslation()
  const { tab, only, onTab, onAll, onOpen, onReport } = props
  const said = useFirstLine(now, isOld)
  const content: { readonly [T in AlertTab]: () => ReactNode } = {
    now: () => <NowPart {...{ now, only, onAll, onOpen, onReport }} onChannels={() => onTab('channels')} />,
    past: () => <PastPart only={only} onReport={onReport} />,
    channels: () => (
      <WithSettings>{({ channels }) => <ChannelsPart channels={channels} states={now.channels} />}</WithSettings>
    ),
    rules: () => <WithSettings>{({ rules, policy }) => <RulesPart rules={rules} policy={policy} />}</WithSettings>,
    quiet: () => <QuietPart quiets={now.quiets} />,
  }
  return (
    <Page title={said.title} lead={said.lead}>
      <Tabs
        activeKey={tab}
        onChange={(next) => onTab(alertTabs.find((one) => one === next) ?? 'now')}
        destroyOnHidden
        items={alertTabs.map((key) => ({ key, label: t(`alerts.tab.${key}`), children: content[key]() }))}
      />
    </Page>
  )
}

function useFirstLine({ active }: AlertsNow, isOld: boolean): { readonly title: string; readonly lead: string } {
  const { t } = useTranslation()
  const { cli } = useWords()
  const linked = useLinkState().state === 'open'
  const needs = active.filter(wantsSomebody).length
  const bySeverity = (['critical', 'warning', 'info'] as const).flatMap((severity) => {
    const count = active.filter((one) => one.severity === severity).length
    return count === 0 ? [] : [t(`alerts.count.${severity}`, { count })]
  })
  const cared = active.filter(({ acknowledged }) => acknowledged !== undefined).length
  const quiet = active.filter(({ isQuiet }) => isQuiet).length
  const parts = [
    ...bySeverity,
    ...(cared === 0 ? [] : [t('alerts.acknowledgedCount', { count: cared })]),
    ...(quiet === 0 ? [] : [t('alerts.quietCount', { count: quiet })]),
  ]
  const all = t('alerts.all', { count: active.length })
  const lead = parts.length === 0 ? all : cli.pair(all, cli.list(parts))
  if (!linked || isOld) return { title: t('alerts.old'), lead }
  if (needs > 0) return { title: t('alerts.needs', { count: needs }), lead }
  return { title: t(active.length === 0 ? 'alerts.none' : 'alerts.cared'), lead }
}

function WithSettings({ children }: { readonly children: (settings: AlertSettings) => ReactNode }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['alerts.settings'], ask: () => product.alerts.settings({}) })
  if (answer.state === 'waiting') return <Loading label={t('alerts.loading')} />
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} onRetry={askAgain} />
  return children(answer.value)
}
