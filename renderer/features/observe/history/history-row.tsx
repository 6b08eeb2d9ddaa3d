// One line of the past: its name, what is pointed at or what it was on the whole, and its chart.
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { type ChartGroup, valueNear } from '../../../ui/chart/chart-group.ts'
import { TimeChart } from '../../../ui/chart/time-chart.tsx'
import { summaryOf } from '../line-summary.ts'
import { useLineScale } from '../use-line-scale.ts'

export type HistoryRowProps = {
  readonly group: ChartGroup
  readonly line: string
  readonly name: string
  /** Said before the name for screen readers. */
  readonly of: string
  readonly show: (value: number) => string
  readonly max: number
  /** In place of mean and highest. */
  readonly figure?: string | undefined
}

export function HistoryRow({ group, line, name, of, show, max, figure }: HistoryRowProps) {
  const { t } = useTranslation()
  const scale = useLineScale(max, show)
  const { range, gaps } = summaryOf(group.view().line(line))
  const what = t('observe.lineOf', { of, name })
  const said = range && { lowest: show(range.lowest), mean: show(range.mean), highest: show(range.highest) }
  const whole =
    said === undefined
      ? t('history.nothing')
      : (figure ?? `${t('history.mean', { value: said.mean })} · ${t('history.highest', { value: said.highest })}`)
  return (
    <div className="rs-line rs-line-past">
      <div className="rs-line-head">
        <span className="rs-line-name" title={name}>
          {name}
        </span>
        <span className="rs-line-value">
          <Pointed group={group} line={line} show={show} whole={whole} />
        </span>
      </div>
      <TimeChart
        group={group}
        line={line}
        scale={scale}
        height={72}
        label={
          said === undefined ? t('history.summaryNothing', { what }) : t('history.summary', { what, ...said, gaps })
        }
      />
    </div>
  )
}

type PointedProps = Pick<HistoryRowProps, 'group' | 'line' | 'show'> & { readonly whole: string }

function Pointed({ group, line, show, whole }: PointedProps) {
  const { crosshair, view } = group
  const at = useSyncExternalStore(crosshair.subscribe, crosshair.atMs)
  if (at === undefined) {
    return (
      <span className="rs-history-whole" title={whole}>
        {whole}
      </span>
    )
  }
  const value = valueNear(view(), line, at)
  return <span className="rs-line-pointed">{value === undefined ? '–' : show(value)}</span>
}
