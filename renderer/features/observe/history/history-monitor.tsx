// The past of an appliance: one small chart a device under one crosshair, what happened on the time axis, compared with
// an earlier time or another device where somebody wants that.
import { Button, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../../shared/contract/contract.ts'
import { FailureNote } from '../../../console/failure-note.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { useStepText } from './axis-text.ts'
import { type Comparison, comparedLines, earlierMsOf } from './comparison.ts'
import { EventStrip } from './event-strip.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { HardwareCharts } from './hardware-charts.tsx'
import { useHistoryGroup } from './history-group.ts'
import { commonGaps, historyLine } from './history-line.ts'
import { deviceName, deviceSeries, devicesOf, type Quantity, quantitiesIn } from './quantities.ts'
import { serverNames } from './server-charts.tsx'
import type { Shown } from './time-range.ts'
import { useEvents } from './use-events.ts'
import { type ShownHistory, useHistory, useSeriesNames } from './use-history.ts'

export type HistoryMonitorProps = {
  readonly target: Target
  readonly shown: Shown
  readonly onLive: () => void
}

export function HistoryMonitor({ target, shown, onLive }: HistoryMonitorProps) {
  const { t } = useTranslation()
  const { answer, askAgain } = useSeriesNames(target)
  if (answer.state === 'waiting') return <Loading label={t('history.loading')} />
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} />
  const names = answer.value.filter((name) => /^(?:host|accelerator|filesystem)\//.test(name))
  if (names.length === 0) {
    return (
      <EmptyState title={t('history.emptyTitle')} action={<Button onClick={onLive}>{t('history.watchNow')}</Button>}>
        {t('history.emptyLead')}
      </EmptyState>
    )
  }
  return <Past target={target} shown={shown} names={names} />
}

type PastProps = Pick<HistoryMonitorProps, 'target' | 'shown'> & { readonly names: readonly string[] }

function Past({ target, shown, names }: PastProps) {
  const { t } = useTranslation()
  const [wanted, setQuantity] = useState<Quantity>('utilization')
  const [comparison, setComparison] = useState<Comparison>('none')
  const there = quantitiesIn(names)
  const quantity = there.includes(wanted) ? wanted : (there[0] ?? wanted)
  const devices = devicesOf(names)
  const asked = useMemo(() => {
    const own = devicesOf(names).flatMap((key) => [
      deviceSeries(key, quantity),
      ...(quantity === 'memory-used' ? [deviceSeries(key, 'memory-total')] : []),
    ])
    return [...serverNames, ...own].filter((name) => names.includes(name))
  }, [names, quantity])
  const { answer, askAgain } = useHistory({ target, names: asked, shown, earlierMs: earlierMsOf(comparison) })
  const [exporting, setExporting] = useState(false)
  const history = answer.state === 'answered' ? answer.value : undefined
  return (
    <div className="rs-monitor" data-testid="history-monitor">
      <div className="rs-history-bar">
        {there.length === 0 ? null : <QuantityChoice there={there} quantity={quantity} onQuantity={setQuantity} />}
        <CompareChoice devices={devices} comparison={comparison} onComparison={setComparison} />
        <StepNote history={history} />
        <Button disabled={history === undefined} onClick={() => setExporting(true)}>
          {t('history.export')}
        </Button>
      </div>
      {answer.state === 'waiting' ? <Loading label={t('history.loading')} /> : null}
      {answer.state === 'failed' ? <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} /> : null}
      {history === undefined ? null : <Charts {...{ target, history, quantity, comparison, devices }} />}
      {exporting && history !== undefined ? (
        <ExportDialog
          appliance={target.by === 'name' ? target.name : ''}
          series={history.series}
          stepMs={history.stepMs}
          onClose={() => setExporting(false)}
        />
      ) : null}
    </div>
  )
}

function StepNote({ history }: { readonly history: ShownHistory | undefined }) {
  const { t } = useTranslation()
  const stepText = useStepText()
  return (
    <small className="rs-history-step">
      {history === undefined ? '' : t('history.step', { span: stepText(history.stepMs) })}
    </small>
  )
}

type ChartsProps = {
  readonly target: Target
  readonly history: ShownHistory
  readonly quantity: Quantity
  readonly comparison: Comparison
  readonly devices: readonly string[]
}

function Charts({ target, history, quantity, comparison, devices }: ChartsProps) {
  const { t } = useTranslation()
  const events = useEvents(target, history.span)
  const content = useMemo(() => {
    const { span, stepMs, series, before } = history
    return {
      span,
      lines: new Map(series.map((one) => [one.name, historyLine(one, stepMs)])),
      compared: comparedLines(comparison, { series, before, stepMs, quantity }),
      // Filesystems are looked at so seldom that a gap of the others is none of theirs.
      bands: commonGaps(
        series.filter(({ name }) => !name.startsWith('filesystem/')),
        span,
      ),
      marks: events.map(({ atMs }) => atMs),
    }
  }, [history, quantity, comparison, events])
  const group = useHistoryGroup(content)
  return (
    <>
      <EventStrip span={history.span} events={events} />
      <HardwareCharts key={quantity} {...{ group, history, quantity, devices }} />
      {content.bands.length === 0 ? null : <p className="rs-muted">{t('history.unmeasured')}</p>}
    </>
  )
}

type QuantityProps = {
  readonly there: readonly Quantity[]
  readonly quantity: Quantity
  readonly onQuantity: (quantity: Quantity) => void
}

function QuantityChoice({ there, quantity, onQuantity }: QuantityProps) {
  const { t } = useTranslation()
  return (
    <Select<Quantity>
      aria-label={t('history.quantity')}
      value={quantity}
      onChange={onQuantity}
      options={there.map((value) => ({ value, label: t(`history.quantities.${value}`) }))}
    />
  )
}

type CompareProps = {
  readonly devices: readonly string[]
  readonly comparison: Comparison
  readonly onComparison: (comparison: Comparison) => void
}

function CompareChoice({ devices, comparison, onComparison }: CompareProps) {
  const { t } = useTranslation()
  return (
    <span className="rs-row">
      <span className="rs-muted">{t('history.compare')}</span>
      <Select<Comparison>
        className="rs-history-compare"
        aria-label={t('history.compare')}
        value={comparison}
        onChange={onComparison}
        options={[
          { value: 'none', label: t('history.compareNone') },
          { value: 'day', label: t('history.compareDay') },
          { value: 'week', label: t('history.compareWeek') },
          ...(devices.length < 2 ? [] : devices).map((key) => ({
            value: `device ${key}`,
            label: t('history.compareDevice', { name: deviceName(key) }),
          })),
        ]}
      />
    </span>
  )
}
