// All accelerators over the whole range in one glance, with the scale that says what the fills mean.
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { acceleratorKey, type Sample } from '../../../shared/domain/sample.ts'
import { acceleratorName } from '../../../shared/words/accelerator-name.ts'
import { useWords } from '../../console/console-context.tsx'
import { HeatStrip, type HeatView } from '../../ui/chart/heat-strip.tsx'
import { Panel } from '../../ui/panel.tsx'
import { percentText } from './figures.ts'
import { cutsUntil, meansOf } from './heat-buckets.ts'
import { type AcceleratorId, utilizationLine } from './lines.ts'
import { readingsOf } from './newest-value.ts'
import type { ChartSet } from './use-chart-set.ts'
import { useFrame } from './use-watch-store.ts'

/** Cells of this length: none is empty because a second was a little longer than the last. */
const cellMs: { readonly [minutes: number]: number } = { 1: 2000, 5: 5000, 10: 10_000 }

export function HeatPanel({ charts }: { readonly charts: ChartSet }) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const { accelerators, newest } = useFrame(charts.store)
  const rows = useMemo(
    () => accelerators.map((one) => ({ id: acceleratorKey(one), name: acceleratorName(one) })),
    [accelerators],
  )
  const view = useHeatView(charts, accelerators)
  const { minutes } = charts
  const now = newest === undefined ? '' : cli.list(nowTexts(newest, accelerators, t('observe.notKnown')))
  return (
    <Panel title={t('observe.heat')} actions={<HeatScale />}>
      <HeatStrip
        rows={rows}
        subscribe={charts.group.subscribe}
        view={view}
        crosshair={charts.group.crosshair}
        label={t('observe.heatSummary', { minutes, now })}
        ends={[t('observe.heatFrom', { count: minutes }), t('observe.heatNow')]}
      />
    </Panel>
  )
}

function useHeatView({ store, minutes, group }: ChartSet, accelerators: readonly AcceleratorId[]): () => HeatView {
  return useCallback(() => {
    const { fromMs, toMs, bands } = group.view()
    const cuts = cutsUntil(toMs, minutes * 60_000, cellMs[minutes] ?? 10_000)
    const rows = accelerators.map((one) => meansOf(store.ring, utilizationLine(acceleratorKey(one)), cuts))
    return { fromMs, toMs, bands, rows, cutsFromMs: cuts.fromMs, bucketMs: cuts.bucketMs }
  }, [store, minutes, group, accelerators])
}

function nowTexts(sample: Sample, accelerators: readonly AcceleratorId[], notKnown: string): string[] {
  return accelerators.map((one) => {
    const { utilizationPercent: now } = readingsOf(sample, one, () => '')
    return `${acceleratorName(one)} ${now.state === 'known' ? percentText(now.value) : notKnown}`
  })
}

function HeatScale() {
  const { t } = useTranslation()
  return (
    <span className="rs-heat-scale" aria-hidden="true">
      {t('observe.scaleLow')}
      <i className="rs-heat-0" />
      <i className="rs-heat-1" />
      <i className="rs-heat-2" />
      <i className="rs-heat-3" />
      <i className="rs-heat-4" />
      <i className="rs-heat-5" />
      {t('observe.scaleHigh')}
    </span>
  )
}
