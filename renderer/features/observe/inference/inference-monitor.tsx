// Inference of an appliance over a time, one panel a deployment: tokens a second, the wait for the first token, the
// queue, the cache, and what failed.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../../shared/contract/contract.ts'
import { FailureNote } from '../../../console/failure-note.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { EventStrip } from '../history/event-strip.tsx'
import { useHistoryGroup } from '../history/history-group.ts'
import { commonGaps, type HistoryLine } from '../history/history-line.ts'
import type { Shown } from '../history/time-range.ts'
import { useEvents } from '../history/use-events.ts'
import { type ShownHistory, useHistory, useSeriesNames } from '../history/use-history.ts'
import { deploymentsIn, type EngineLines, engineLines, engineSeries } from './engine-lines.ts'
import { EnginePanel, lineName } from './engine-panel.tsx'

export type InferenceMonitorProps = { readonly target: Target; readonly shown: Shown }

export function InferenceMonitor({ target, shown }: InferenceMonitorProps) {
  const { t } = useTranslation()
  const { answer, askAgain } = useSeriesNames(target)
  if (answer.state === 'waiting') return <Loading label={t('history.loading')} />
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} />
  if (deploymentsIn(answer.value).length === 0) {
    return <EmptyState title={t('history.inference.emptyTitle')}>{t('history.inference.emptyLead')}</EmptyState>
  }
  return <Engines {...{ target, shown }} names={answer.value} />
}

type EnginesProps = InferenceMonitorProps & {
  readonly names: readonly string[]
}

function Engines({ target, shown, names }: EnginesProps) {
  const { t } = useTranslation()
  const deployments = useMemo(() => deploymentsIn(names), [names])
  const asked = useMemo(() => deployments.flatMap((one) => engineSeries(names, one)), [names, deployments])
  const { answer, askAgain } = useHistory({ target, names: asked, shown, earlierMs: undefined })
  if (answer.state === 'waiting') return <Loading label={t('history.loading')} />
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} />
  return <Panels {...{ target, deployments }} history={answer.value} />
}

type PanelsProps = Pick<EnginesProps, 'target'> & {
  readonly deployments: readonly string[]
  readonly history: ShownHistory
}

function Panels({ target, deployments, history }: PanelsProps) {
  const { t } = useTranslation()
  const events = useEvents(target, history.span)
  const engines = useMemo(
    () =>
      new Map(deployments.map((one): [string, EngineLines] => [one, engineLines(history.series, one, history.stepMs)])),
    [deployments, history],
  )
  const content = useMemo(() => {
    const lines = [...engines].flatMap(([deployment, { lines: own }]) =>
      [...own].map(([part, line]): [string, HistoryLine] => [lineName(deployment, part), line]),
    )
    return {
      span: history.span,
      lines: new Map(lines),
      compared: new Map<string, HistoryLine>(),
      bands: commonGaps(history.series, history.span),
      marks: events.map(({ atMs }) => atMs),
    }
  }, [engines, history, events])
  const group = useHistoryGroup(content)
  return (
    <div className="rs-monitor" data-testid="inference-monitor">
      <EventStrip span={history.span} events={events} />
      {[...engines].map(([deployment, engine]) => (
        <EnginePanel key={deployment} {...{ group, deployment, engine }} />
      ))}
      {content.bands.length === 0 ? null : <p className="rs-muted">{t('history.unmeasured')}</p>}
    </div>
  )
}
