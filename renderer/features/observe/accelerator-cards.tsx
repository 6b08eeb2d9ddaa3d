// One card for each accelerator: its utilization above, its memory below. Cards keep their place while they live.
import { memo, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { valueOr } from '../../../shared/domain/reading.ts'
import { acceleratorKey, type Sample } from '../../../shared/domain/sample.ts'
import { acceleratorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useWhyMissing } from '../../console/silence-text.ts'
import { percentText, scaleMaxBytes } from './figures.ts'
import { LineRow } from './line-row.tsx'
import { type AcceleratorId, memoryLine, utilizationLine } from './lines.ts'
import { readingsOf } from './newest-value.ts'
import type { ChartSet } from './use-chart-set.ts'
import { useFrame } from './use-watch-store.ts'

export function AcceleratorCards({ charts }: { readonly charts: ChartSet }) {
  const { accelerators } = useFrame(charts.store)
  return (
    <div className="rs-cards" data-columns={Math.min(4, accelerators.length)}>
      {accelerators.map((one) => (
        <AcceleratorCard key={acceleratorKey(one)} charts={charts} one={one} />
      ))}
    </div>
  )
}

type CardProps = { readonly charts: ChartSet; readonly one: AcceleratorId }

const AcceleratorCard = memo(function AcceleratorCard({ charts, one }: CardProps) {
  const name = acceleratorName(one)
  return (
    <section className="rs-card" aria-label={name} data-testid={`monitor-${acceleratorKey(one)}`}>
      <h3>{name}</h3>
      <UtilizationRow charts={charts} one={one} />
      <MemoryRow charts={charts} one={one} />
    </section>
  )
})

function UtilizationRow({ charts, one }: CardProps) {
  const { t } = useTranslation()
  const key = acceleratorKey(one)
  const whyMissing = useWhyMissing()
  const reading = useCallback(
    (sample: Sample) => readingsOf(sample, one, whyMissing).utilizationPercent,
    [one, whyMissing],
  )
  return (
    <LineRow
      charts={charts}
      line={utilizationLine(key)}
      of={acceleratorName(one)}
      name={t('observe.utilization')}
      reading={reading}
      show={percentText}
      max={100}
      timeAxis={false}
    />
  )
}

function MemoryRow({ charts, one }: CardProps) {
  const { t } = useTranslation()
  const { newest } = useFrame(charts.store)
  const key = acceleratorKey(one)
  const line = memoryLine(key)
  const whyMissing = useWhyMissing()
  const reading = useCallback(
    (sample: Sample) => readingsOf(sample, one, whyMissing).memoryUsedBytes,
    [one, whyMissing],
  )
  const total =
    newest === undefined ? undefined : valueOr(readingsOf(newest, one, whyMissing).memoryTotalBytes, undefined)
  return (
    <LineRow
      charts={charts}
      line={line}
      of={acceleratorName(one)}
      name={t('observe.memory')}
      reading={reading}
      limit={total === undefined ? undefined : `/ ${bytesText(total)}`}
      show={bytesText}
      max={scaleMaxBytes(total, charts.group.view().line(line))}
      timeAxis
    />
  )
}
