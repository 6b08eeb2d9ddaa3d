// A chart for each device and for the server, with the strip of all devices above where utilization is shown.
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import type { ChartGroup } from '../../../ui/chart/chart-group.ts'
import { HeatStrip, type HeatView } from '../../../ui/chart/heat-strip.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { scaleMaxBytes } from '../figures.ts'
import { useAxisText } from './axis-text.ts'
import { heatRows } from './heat-rows.ts'
import { HistoryRow } from './history-row.tsx'
import { deviceName, deviceSeries, largestOf, niceMax, type Quantity, unitText } from './quantities.ts'
import { ServerCharts } from './server-charts.tsx'
import type { ShownHistory } from './use-history.ts'

export type HardwareChartsProps = {
  readonly group: ChartGroup
  readonly history: ShownHistory
  readonly quantity: Quantity
  readonly devices: readonly string[]
}

export function HardwareCharts({ group, history, quantity, devices }: HardwareChartsProps) {
  const { t } = useTranslation()
  const named = useMemo(() => new Map(history.series.map((one) => [one.name, one])), [history])
  const max = deviceMax(devices, quantity, named)
  return (
    <>
      {quantity === 'utilization' && devices.length > 0 ? <Heat {...{ group, history, devices }} /> : null}
      <div className="rs-cards" data-columns={Math.min(4, devices.length)}>
        {devices.map((key) => {
          const line = deviceSeries(key, quantity)
          const unit = named.get(line)?.unit ?? 'percent'
          return (
            <section key={key} className="rs-card" aria-label={deviceName(key)} data-testid={`history-${key}`}>
              <h3>{deviceName(key)}</h3>
              <HistoryRow
                {...{ group, line, max: max(key) }}
                name={t(`history.quantities.${quantity}`)}
                of={deviceName(key)}
                show={unitText(unit)}
              />
            </section>
          )
        })}
      </div>
      <ServerCharts group={group} series={history.series} />
    </>
  )
}

type Named = ReadonlyMap<string, SeriesHistory>

/** The total of a device's memory; else one scale for all devices, so that they can be compared. */
function deviceMax(devices: readonly string[], quantity: Quantity, named: Named): (key: string) => number {
  if (quantity === 'utilization') return () => 100
  const largest = Math.max(0, ...devices.map((key) => largestOf(named.get(deviceSeries(key, quantity)))))
  if (quantity !== 'memory-used') return () => niceMax(largest, quantity === 'temperature' ? 100 : 10)
  return (key) => scaleMaxBytes(named.get(deviceSeries(key, 'memory-total'))?.max.at(-1), [largest])
}

type HeatProps = Omit<HardwareChartsProps, 'quantity'>

function Heat({ group, history, devices }: HeatProps) {
  const { t } = useTranslation()
  const rows = useMemo(() => devices.map((key) => ({ id: key, name: deviceName(key) })), [devices])
  const { fromMs, toMs } = history.span
  const axisText = useAxisText(history.span)
  const cells = useMemo(
    () =>
      heatRows(
        devices.map((key) => history.series.find(({ name }) => name === deviceSeries(key, 'utilization'))),
        history,
      ),
    [devices, history],
  )
  const view = useCallback(
    (): HeatView => ({ ...history.span, ...cells, bands: group.view().bands }),
    [history, cells, group],
  )
  const [from, to] = [axisText(fromMs), axisText(toMs)]
  return (
    <Panel title={t('observe.heat')}>
      <HeatStrip
        {...{ rows, view }}
        subscribe={group.subscribe}
        crosshair={group.crosshair}
        label={t('history.heatSummary', { from, to })}
        ends={[from, to]}
      />
    </Panel>
  )
}
