// Settings: how this window looks, what this console keeps for getting into appliances, which console it is, another
// window on it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Right } from '../../../shared/domain/role.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useMay } from '../../console/operators/may.ts'
import { useWho } from '../../console/operators/own-sign-in.ts'
import { type Fact, FactList, known } from '../../ui/fact-list.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { AnotherWindow } from './another-window.tsx'
import { LookPanel, type LookPanelProps } from './look-panel.tsx'

export type SettingsScreenProps = LookPanelProps & {
  readonly onCredentials: () => void
  readonly onKnownHosts: () => void
  readonly onPublishers: () => void
  readonly onVendorKit: () => void
  readonly onAudit: () => void
  readonly onBackup: () => void
  readonly onOperators: () => void
  readonly onAlerts: () => void
}

export function SettingsScreen(props: SettingsScreenProps) {
  const { t } = useTranslation()
  return (
    <Page title={t('settings.title')} narrow>
      <div className="rs-stack">
        <LookPanel look={props.look} onLook={props.onLook} />
        <AccessPanel {...props} />
        <AlertsPanel {...props} />
        <ConsolePanel {...props} />
        <AnotherWindow />
      </div>
    </Page>
  )
}

function AccessPanel({ onCredentials, onKnownHosts, onPublishers, onVendorKit, onOperators }: SettingsScreenProps) {
  const { t } = useTranslation()
  return (
    <Panel title={t('settings.access')}>
      <ReachedFacts
        facts={[
          {
            rights: ['administer', 'audit'],
            label: t('settings.operators'),
            value: known(<Button onClick={onOperators}>{t('settings.toOperators')}</Button>),
            note: t('settings.operatorsNote'),
          },
          {
            rights: ['operate', 'administer'],
            label: t('credentials.title'),
            value: known(<Button onClick={onCredentials}>{t('settings.toCredentials')}</Button>),
            note: t('settings.credentialsNote'),
          },
          {
            rights: ['look'],
            label: t('hosts.title'),
            value: known(<Button onClick={onKnownHosts}>{t('settings.toKnownHosts')}</Button>),
            note: t('settings.knownHostsNote'),
          },
          {
            label: t('publishers.title'),
            value: known(<Button onClick={onPublishers}>{t('settings.toPublishers')}</Button>),
            note: t('settings.publishersNote'),
          },
          {
            label: t('frame.vendorKit'),
            value: known(<Button onClick={onVendorKit}>{t('settings.toVendorKit')}</Button>),
            note: t('settings.vendorKitNote'),
          },
        ]}
      />
    </Panel>
  )
}

function AlertsPanel({ onAlerts }: SettingsScreenProps) {
  const { t } = useTranslation()
  const may = useMay()
  if (!may('operate', 'administer')) return null
  return (
    <Panel title={t('alerts.title')}>
      <FactList
        facts={[
          {
            label: t('settings.alerts'),
            value: known(<Button onClick={onAlerts}>{t('settings.toAlerts')}</Button>),
            note: t('settings.alertsNote'),
          },
        ]}
      />
    </Panel>
  )
}

function ConsolePanel({ onAudit, onBackup }: Pick<SettingsScreenProps, 'onAudit' | 'onBackup'>) {
  const { t, i18n } = useTranslation()
  const calls = useConsole()
  const who = useWho()
  const { answer, askAgain } = useAnswer({ key: ['window.about'], ask: () => calls.window.about({}) })
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} onRetry={askAgain} />
  const about = answer.state === 'answered' ? answer.value : undefined
  const opened =
    about === undefined
      ? ''
      : new Date(about.openedAt).toLocaleString(i18n.language, {
          dateStyle: 'medium',
          timeStyle: 'short',
          hour12: false,
        })
  return (
    <Panel title={t('settings.console')}>
      <ReachedFacts
        facts={[
          { label: t('settings.version'), value: known(about?.version) },
          { label: t('settings.operator'), value: known(who), note: t('settings.operatorNote') },
          {
            label: t('settings.shell'),
            value: known(about === undefined ? undefined : t(`settings.shellKind.${about.shell}`)),
          },
          { label: t('settings.opened'), value: known(opened) },
          { label: t('settings.importFolder'), value: known(<code>{about?.importFolder}</code>) },
          {
            rights: ['audit', 'administer'],
            label: t('frame.audit'),
            value: known(<Button onClick={onAudit}>{t('settings.toAudit')}</Button>),
            note: t('settings.auditNote'),
          },
          {
            rights: ['administer'],
            label: t('frame.backup'),
            value: known(<Button onClick={onBackup}>{t('settings.toBackup')}</Button>),
            note: t('settings.backupNote'),
          },
        ]}
      />
    </Panel>
  )
}

/** `rights`: one of these is asked by what it leads to. */
type Reached = Fact & { readonly rights?: readonly Right[] }

function ReachedFacts({ facts }: { readonly facts: readonly Reached[] }) {
  const may = useMay()
  return <FactList facts={facts.filter(({ rights }) => rights === undefined || may(...rights))} />
}
