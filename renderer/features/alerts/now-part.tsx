// What is wrong now, by appliance; above it whatever keeps people from being told.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertsNow, ShownAlert } from '../../../shared/contract/alerts.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { type AlertGroup, alertGroups } from './alert-groups.ts'
import { AlertRow } from './alert-row.tsx'
import { useKeptOrder } from './kept-order.ts'
import { SilenceDialog, silenceOf } from './silence-dialog.tsx'

export type NowPartProps = {
  readonly now: AlertsNow
  /** Only of the appliance with this name. */
  readonly only: string | undefined
  readonly onAll: () => void
  readonly onChannels: () => void
  readonly onOpen: (name: string) => void
  readonly onReport: (id: string) => void
}

export function NowPart({ now, only, onAll, onChannels, onOpen, onReport }: NowPartProps) {
  const { t } = useTranslation()
  const active = only === undefined ? now.active : now.active.filter(({ name }) => name === only)
  return (
    <div className="rs-stack">
      <Hindrances now={now} onChannels={onChannels} />
      {only === undefined ? null : (
        <div className="rs-row">
          <span>{t('alerts.ofOne', { name: only })}</span>
          <Button size="small" onClick={onAll}>
            {t('alerts.showAll')}
          </Button>
        </div>
      )}
      {active.length === 0 ? <Nothing only={only} /> : <Groups {...{ active, onOpen, onReport }} />}
    </div>
  )
}

function Nothing({ only }: Pick<NowPartProps, 'only'>) {
  const { t } = useTranslation()
  if (only !== undefined) return <p>{t('alerts.emptyOf', { name: only })}</p>
  return <EmptyState title={t('alerts.emptyTitle')}>{t('alerts.emptyLead')}</EmptyState>
}

function Hindrances({ now: { notStored, channels }, onChannels }: Pick<NowPartProps, 'now' | 'onChannels'>) {
  const { t } = useTranslation()
  const failing = channels.filter(({ trouble }) => trouble !== undefined).length
  return (
    <>
      {notStored === undefined ? null : (
        <Panel tone="needs">
          <VerdictMark state="degraded" word={t('alerts.notStored', { detail: notStored })} />
        </Panel>
      )}
      {failing === 0 ? null : (
        <Panel tone="needs">
          <div className="rs-alert-hindrance">
            <VerdictMark state="degraded" word={t('alerts.notDelivered', { count: failing })} />
            <Button onClick={onChannels}>{t('alerts.toChannels')}</Button>
          </div>
        </Panel>
      )}
      {channels.length > 0 ? null : (
        <div className="rs-alert-hindrance rs-banner">
          <VerdictMark state="unknown" word={t('alerts.nobodyTold')} />
          <Button onClick={onChannels}>{t('alerts.addChannelAct')}</Button>
        </div>
      )}
    </>
  )
}

function Groups({
  active,
  onOpen,
  onReport,
}: Pick<NowPartProps, 'onOpen' | 'onReport'> & {
  readonly active: readonly ShownAlert[]
}) {
  const { t } = useTranslation()
  const [silencing, setSilencing] = useState<ShownAlert | undefined>(undefined)
  const groups = alertGroups(active)
  const { order, moved, sortAgain } = useKeptOrder(groups.map(({ key }) => key))
  const saved = useSavedNamesOf()
  return (
    <>
      {moved ? (
        <div className="rs-row">
          <Button onClick={sortAgain}>{t('alerts.sortAgain')}</Button>
        </div>
      ) : null}
      {order.map((key) => {
        const group = groups.find((one) => one.key === key)
        if (group === undefined) return null
        const open = saved.includes(group.name) ? onOpen : undefined
        return <Group key={key} group={group} onOpen={open} onSilence={setSilencing} onReport={onReport} />
      })}
      {silencing === undefined ? null : (
        <SilenceDialog start={silenceOf(silencing)} onClose={() => setSilencing(undefined)} />
      )}
    </>
  )
}

/** An appliance that was removed from the list has alerts, and no page. */
function useSavedNamesOf(): readonly string[] {
  const { product } = useConsole()
  const { answer } = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  return answer.state === 'answered' ? answer.value.map(({ name }) => name) : []
}

type GroupProps = {
  readonly group: AlertGroup
  readonly onOpen: ((name: string) => void) | undefined
  readonly onSilence: (one: ShownAlert) => void
  readonly onReport: (id: string) => void
}

function Group({ group: { name, alerts }, onOpen, onSilence, onReport }: GroupProps) {
  const { t } = useTranslation()
  const { order, moved, sortAgain } = useKeptOrder(alerts.map(({ id }) => id))
  return (
    <Panel
      title={name}
      testId="alert-group"
      actions={
        <>
          {moved ? (
            <Button size="small" onClick={sortAgain}>
              {t('alerts.sortAgain')}
            </Button>
          ) : null}
          {onOpen === undefined ? null : (
            <Button size="small" onClick={() => onOpen(name)}>
              {t('alerts.open', { name })}
            </Button>
          )}
        </>
      }
    >
      <ul className="rs-alerts" aria-label={t('alerts.listOf', { name })}>
        {order.map((id) => {
          const one = alerts.find((alert) => alert.id === id)
          return one === undefined ? null : <AlertRow key={id} {...{ one, onSilence, onReport }} />
        })}
      </ul>
    </Panel>
  )
}
