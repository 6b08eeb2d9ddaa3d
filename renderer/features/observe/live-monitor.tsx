// Live utilization and memory of an appliance: a heat strip of all accelerators, one small chart for each of them,
// the server itself, all under one crosshair; or the same as a table.
import { Segmented } from 'antd'
import { useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { AcceleratorCards } from './accelerator-cards.tsx'
import { HeatPanel } from './heat-panel.tsx'
import { LiveState } from './live-state.tsx'
import { MonitorTable } from './monitor-table.tsx'
import { ServerCards } from './server-cards.tsx'
import { useChartSet } from './use-chart-set.ts'
import { useTimeText } from './use-time-text.ts'
import { useFrame, useWatchStore } from './use-watch-store.ts'

const ranges = [1, 5, 10] as const
type RangeMinutes = (typeof ranges)[number]

export function LiveMonitor({ target }: { readonly target: Target }) {
  const { t } = useTranslation()
  const watching = useWatchStore(target)
  const [minutes, setMinutes] = useState<RangeMinutes>(5)
  const [form, setForm] = useState<'charts' | 'table'>('charts')
  const charts = useChartSet(watching.store, minutes)
  const { accelerators, newest } = useFrame(watching.store)
  return (
    <div className="rs-monitor" data-testid="live-monitor">
      <div className="rs-monitor-bar">
        <LiveState watching={watching} />
        <PointedTime charts={charts} />
        <Segmented<RangeMinutes>
          aria-label={t('observe.range')}
          value={minutes}
          onChange={setMinutes}
          options={ranges.map((value) => ({ value, label: t('observe.minutes', { count: value }) }))}
        />
        <Segmented<'charts' | 'table'>
          aria-label={t('observe.view')}
          value={form}
          onChange={setForm}
          options={[
            { value: 'charts', label: t('observe.charts') },
            { value: 'table', label: t('observe.table') },
          ]}
        />
      </div>
      {newest !== undefined && accelerators.length === 0 ? (
        <p className="rs-muted">{t('observe.noAccelerators')}</p>
      ) : null}
      {form === 'table' ? (
        <MonitorTable charts={charts} />
      ) : (
        <>
          {accelerators.length === 0 ? null : <HeatPanel charts={charts} />}
          <AcceleratorCards charts={charts} />
          <ServerCards charts={charts} />
        </>
      )}
    </div>
  )
}

function PointedTime({ charts }: { readonly charts: ReturnType<typeof useChartSet> }) {
  const { t } = useTranslation()
  const timeText = useTimeText('seconds')
  const { crosshair } = charts.group
  const at = useSyncExternalStore(crosshair.subscribe, crosshair.atMs)
  return (
    <span className="rs-monitor-pointed" aria-hidden="true">
      {at === undefined ? '' : t('observe.pointed', { time: timeText(at) })}
    </span>
  )
}
