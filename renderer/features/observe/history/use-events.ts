// Runs and alerts of one appliance, as far as this console knows of them.
import { useMemo } from 'react'
import type { Target } from '../../../../shared/contract/contract.ts'
import { useAlertsNow } from '../../../console/alerts-now.ts'
import { useAnswer } from '../../../console/answers.ts'
import { useConsole } from '../../../console/console-context.tsx'
import { useSaved } from '../../../console/use-saved.ts'
import { eventsIn, type HistoryEvent } from './events.ts'
import type { Span } from './time-range.ts'

export function useEvents(target: Target, span: Span | undefined): readonly HistoryEvent[] {
  const { product } = useConsole()
  const name = target.by === 'name' ? target.name : ''
  const saved = useSaved(name)
  const runs = useAnswer({ key: ['setup.runs'], ask: () => product.setup.runs({}) }).answer
  const now = useAlertsNow().answer
  const past = useAnswer({ key: ['alerts.history'], ask: () => product.alerts.history({}) }).answer
  return useMemo(() => {
    if (saved === undefined || span === undefined) return []
    const { host, port } = saved.address
    const own = runs.state === 'answered' ? runs.value : []
    const alerts = [
      ...(now.state === 'answered' ? now.value.active : []),
      ...(past.state === 'answered' ? past.value : []),
    ]
    const sources = {
      runs: own.filter(({ address }) => address.host === host && address.port === port),
      alerts: alerts.filter((one) => one.name === name),
    }
    return eventsIn(sources, span)
  }, [saved, span, runs, now, past, name])
}
