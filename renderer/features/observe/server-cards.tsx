// The server around the accelerators: its processors and its main memory.
import { useTranslation } from 'react-i18next'
import { valueOr } from '../../../shared/domain/reading.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { percentText, scaleMaxBytes } from './figures.ts'
import { LineRow } from './line-row.tsx'
import { hostMemory, hostProcessor } from './lines.ts'
import type { ChartSet } from './use-chart-set.ts'
import { useFrame } from './use-watch-store.ts'

const processor = (sample: Sample) => sample.host.cpuPercent
const memory = (sample: Sample) => sample.host.memoryUsedBytes

export function ServerCards({ charts }: { readonly charts: ChartSet }) {
  const { t } = useTranslation()
  const { newest } = useFrame(charts.store)
  const total = newest === undefined ? undefined : valueOr(newest.host.memoryTotalBytes, undefined)
  const common = { charts, of: t('observe.server'), timeAxis: true }
  return (
    <div className="rs-cards" data-columns={2}>
      <section className="rs-card">
        <LineRow
          {...common}
          line={hostProcessor}
          name={t('observe.processor')}
          reading={processor}
          show={percentText}
          max={100}
        />
      </section>
      <section className="rs-card">
        <LineRow
          {...common}
          line={hostMemory}
          name={t('observe.serverMemory')}
          reading={memory}
          limit={total === undefined ? undefined : `/ ${bytesText(total)}`}
          show={bytesText}
          max={scaleMaxBytes(total, charts.group.view().line(hostMemory))}
        />
      </section>
    </div>
  )
}
