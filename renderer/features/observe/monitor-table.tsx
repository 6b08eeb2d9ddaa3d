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
import { type AcceleratorId, hostMemory, hostProcessor, memoryLine, utilizationLine } from './lines.ts'
import type { ChartSet } from './use-chart-set.ts'
import { useTimeText } from './use-time-text.ts'
import { useFrame } from './use-watch-store.ts'

type Quantity = 'utilization' | 'memory'
type Column = { readonly id: string; readonly name: string; readonly line: string }

const rowMs: { readonly [minutes: number]: number } = { 1: 5000, 5: 30_000, 10: 60_000 }

export function MonitorTable({ charts }: { readonly charts: ChartSet }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [quantity, setQuantity] = useState<Quantity>('utilization')
  const { accelerators, nowMs } = useFrame(charts.store)
  const columns = useColumns(accelerators, quantity)
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
          ]}
        />
      }
    >
      <Rows charts={charts} cuts={cuts} columns={columns} quantity={quantity} caption={caption} />
    </Panel>
  )
}

function useColumns(accelerators: readonly AcceleratorId[], quantity: Quantity): readonly Column[] {
  const { t } = useTranslation()
  const lineOf = quantity === 'utilization' ? utilizationLine : memoryLine
  const server =
    quantity === 'utilization'
      ? { id: hostProcessor, line: hostProcessor, name: t('observe.processor') }
      : { id: hostMemory, line: hostMemory, name: t('observe.serverMemory') }
  return [
    ...accelerators.map((one) => {
      const key = acceleratorKey(one)
      return { id: key, name: acceleratorName(one), line: lineOf(key) }
    }),
    server,
  ]
}

type RowsProps = {
  readonly charts: ChartSet
  readonly cuts: Cuts
  readonly columns: readonly Column[]
  readonly quantity: Quantity
  readonly caption: string
}

function Rows({ charts, cuts, columns, quantity, caption }: RowsProps) {
  const { t } = useTranslation()
  const timeText = useTimeText('seconds')
  const show = quantity === 'utilization' ? percentText : bytesText
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
          cells: [timeText(atMs), ...columns.map((_, column) => shown(values[column]?.[cut] ?? null, show))],
        }
      })}
    />
  )
}

function shown(value: number | null, show: (value: number) => string): string {
  return value === null ? '–' : show(value)
}
