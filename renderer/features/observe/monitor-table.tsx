// The charts as a table: one row a stretch of time, newest first, one column an accelerator. A dash is a gap.
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { acceleratorKey } from '../../../shared/domain/sample.ts'
import { acceleratorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { useLanguage } from '../../console/console-context.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { percentText } from './figures.ts'
import { type Cuts, cutsUntil, meansOf } from './heat-buckets.ts'
import { type HostQuantity, hostCards, hostLine, hostText, quantitiesOf, shownQuantities } from './host-quantities.ts'
import { type AcceleratorId, memoryLine, utilizationLine } from './lines.ts'
import type { ChartSet } from './use-chart-set.ts'
import { useTimeText } from './use-time-text.ts'
import { useFrame } from './use-watch-store.ts'

type Quantity = 'utilization' | 'memory' | 'server'
type Column = {
  readonly id: string
  readonly name: string
  readonly line: string
  readonly show: (value: number) => string
}

const rowMs: { readonly [minutes: number]: number } = { 1: 5000, 5: 30_000, 10: 60_000 }

export function MonitorTable({ charts }: { readonly charts: ChartSet }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [quantity, setQuantity] = useState<Quantity>('utilization')
  const { nowMs } = useFrame(charts.store)
  const columns = useColumns(charts, quantity)
  const cuts = cutsUntil(nowMs, charts.minutes * 60_000, rowMs[charts.minutes] ?? 60_000)
  const caption = t('observe.tableCaption', {
    what: t(`observe.${quantity}`),
    span: durationText(cuts.bucketMs, language),
  })
  return (
    <Panel
      title={caption}
      actions={
        <Segmented<Quantity>
          aria-label={t('observe.view')}
          value={quantity}
          onChange={setQuantity}
          options={[
            { value: 'utilization', label: t('observe.utilization') },
            { value: 'memory', label: t('observe.memory') },
            { value: 'server', label: t('observe.server') },
          ]}
        />
      }
    >
      <Rows charts={charts} cuts={cuts} columns={columns} caption={caption} />
    </Panel>
  )
}

function useColumns({ store }: ChartSet, quantity: Quantity): readonly Column[] {
  const { t } = useTranslation()
  const { accelerators, newest } = useFrame(store)
  const ofServer = (one: HostQuantity, name: string): Column => {
    const line = hostLine(one)
    return { id: line, line, name, show: hostText(one) }
  }
  if (quantity === 'server') {
    const there = shownQuantities(newest)
    return hostCards.flatMap((card) =>
      quantitiesOf(card)
        .filter((one) => there.includes(one))
        .map((one) =>
          ofServer(one, t('observe.lineOf', { of: t(`observe.host.${card}`), name: t(`observe.hostLines.${one}`) })),
        ),
    )
  }
  return [
    ...accelerators.map((one) => deviceColumn(one, quantity)),
    quantity === 'utilization'
      ? ofServer('cpu', t('observe.host.processor'))
      : ofServer('memory-used', t('observe.host.memory')),
  ]
}

function deviceColumn(one: AcceleratorId, quantity: 'utilization' | 'memory'): Column {
  const key = acceleratorKey(one)
  const [line, show] = quantity === 'utilization' ? [utilizationLine(key), percentText] : [memoryLine(key), bytesText]
  return { id: key, name: acceleratorName(one), line, show }
}

type RowsProps = {
  readonly charts: ChartSet
  readonly cuts: Cuts
  readonly columns: readonly Column[]
  readonly caption: string
}

function Rows({ charts, cuts, columns, caption }: RowsProps) {
  const { t } = useTranslation()
  const timeText = useTimeText('seconds')
  const values = columns.map(({ line }) => meansOf(charts.store.ring, line, cuts))
  const newestFirst = Array.from({ length: cuts.count }, (_, place) => cuts.count - 1 - place)
  return (
    <DataTable
      testId="monitor-table"
      caption={caption}
      columns={[{ id: 'time', name: t('observe.time'), align: 'start' }, ...columns]}
      rows={newestFirst.map((cut) => {
        const atMs = cuts.fromMs + cut * cuts.bucketMs
        return {
          id: String(atMs),
          cells: [timeText(atMs), ...columns.map(({ show }, column) => shown(values[column]?.[cut] ?? null, show))],
        }
      })}
    />
  )
}

function shown(value: number | null, show: (value: number) => string): string {
  return value === null ? '–' : show(value)
}
