// The monitor of an appliance: its hardware or its inference, now as it comes or over a time that is past.
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { HistoryMonitor } from './history/history-monitor.tsx'
import { CustomSpan, RangeBar } from './history/range-bar.tsx'
import { dayMs, type Shown } from './history/time-range.ts'
import { InferenceMonitor } from './inference/inference-monitor.tsx'
import { LiveMonitor } from './live-monitor.tsx'
import './monitor.css'

type Subject = 'hardware' | 'inference'

export function Monitor({ target }: { readonly target: Target }) {
  const { t } = useTranslation()
  const [subject, setSubject] = useState<Subject>('hardware')
  const [shown, setShown] = useState<Shown>(() => {
    const toMs = Date.now()
    return { range: 'live', custom: { fromMs: toMs - dayMs, toMs } }
  })
  return (
    <div className="rs-monitor" data-testid="monitor">
      <div className="rs-monitor-range">
        <Segmented<Subject>
          aria-label={t('history.subject')}
          value={subject}
          onChange={setSubject}
          options={(['hardware', 'inference'] as const).map((value) => ({
            value,
            label: t(`history.subjects.${value}`),
          }))}
        />
        <RangeBar shown={shown} onShown={setShown} />
      </div>
      {shown.range === 'custom' ? <CustomSpan shown={shown} onShown={setShown} /> : null}
      {subject === 'inference' ? (
        <InferenceMonitor target={target} shown={shown} />
      ) : shown.range === 'live' ? (
        <LiveMonitor target={target} />
      ) : (
        <HistoryMonitor target={target} shown={shown} onLive={() => setShown({ ...shown, range: 'live' })} />
      )}
    </div>
  )
}
