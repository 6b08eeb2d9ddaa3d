// One line: its name, its newest value (or the one that is pointed at) and its chart.
import { type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Reading } from '../../../shared/domain/reading.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { useLanguage } from '../../console/console-context.tsx'
import { nearestPlace } from '../../ui/chart/chart-group.ts'
import { TimeChart } from '../../ui/chart/time-chart.tsx'
import { ShownValue } from '../../ui/shown-value.tsx'
import { summaryOf } from './line-summary.ts'
import { ageSeconds } from './newest-value.ts'
import type { ChartSet } from './use-chart-set.ts'
import { useLineScale } from './use-line-scale.ts'
import { useFrame } from './use-watch-store.ts'

export type LineRowProps = {
  readonly charts: ChartSet
  readonly line: string
  readonly name: string
  /** Said before the name for screen readers: whose line it is. */
  readonly of: string
  readonly reading: (sample: Sample) => Reading<number>
  /** Beside the value, muted: "of 32 GiB". */
  readonly limit?: ReactNode
  readonly show: (value: number) => string
  readonly max: number
  readonly timeAxis: boolean
}

export function LineRow({ charts, line, name, of, reading, limit, show, max, timeAxis }: LineRowProps) {
  const { t } = useTranslation()
  const { nowMs, newest } = useFrame(charts.store)
  const scale = useLineScale(max, show)
  const now = newest === undefined ? undefined : reading(newest)
  const age = newest === undefined ? undefined : ageSeconds(newest, nowMs)
  return (
    <div className="rs-line">
      <div className="rs-line-head">
        <span className="rs-line-name" title={name}>
          {name}
        </span>
        <span className="rs-line-value">
          <Value charts={charts} line={line} show={show} now={now} age={age} />
          {limit === undefined || age !== undefined ? null : <span className="rs-muted"> {limit}</span>}
        </span>
      </div>
      <TimeChart
        group={charts.group}
        line={line}
        scale={scale}
        height={60}
        label={useSummary({ charts, line, what: t('observe.lineOf', { of, name }), show, now })}
      />
      {timeAxis ? (
        <div className="rs-line-ends" aria-hidden="true">
          <span>{t('observe.ago', { count: charts.minutes })}</span>
          <span>{t('observe.heatNow')}</span>
        </div>
      ) : null}
    </div>
  )
}

type ValueProps = Pick<LineRowProps, 'charts' | 'line' | 'show'> & {
  readonly now: Reading<number> | undefined
  readonly age: number | undefined
}

function Value({ charts, line, show, now, age }: ValueProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { crosshair, view } = charts.group
  const at = useSyncExternalStore(crosshair.subscribe, crosshair.atMs)
  if (at !== undefined) {
    const { timesMs, line: valuesOf } = view()
    const place = nearestPlace(timesMs, at)
    const value = place === undefined ? null : (valuesOf(line)[place] ?? null)
    return value === null ? (
      <ShownValue shown={{ state: 'absent' }} />
    ) : (
      <span className="rs-line-pointed">{show(value)}</span>
    )
  }
  if (now === undefined) return <ShownValue shown={{ state: 'absent' }} />
  const shown = now.state === 'known' ? { ...now, value: show(now.value) } : now
  if (age === undefined) return <ShownValue shown={shown} />
  return (
    <>
      <small>{t('observe.old', { age: durationText(age * 1000, language) })} </small>
      <span className="rs-faded">
        <ShownValue shown={shown} />
      </span>
    </>
  )
}

type SummaryOf = Pick<LineRowProps, 'charts' | 'line' | 'show'> & {
  readonly what: string
  readonly now: Reading<number> | undefined
}

function useSummary({ charts, line, what, show, now }: SummaryOf): string {
  const { t } = useTranslation()
  const { range, gaps } = summaryOf(charts.group.view().line(line))
  const minutes = charts.minutes
  if (range === undefined) return t('observe.summaryNothing', { what, minutes })
  return t('observe.summary', {
    what,
    minutes,
    gaps,
    now: now?.state === 'known' ? show(now.value) : t('observe.notKnown'),
    lowest: show(range.lowest),
    mean: show(range.mean),
    highest: show(range.highest),
  })
}
