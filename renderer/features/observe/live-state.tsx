// Whether the figures are of now: live, late, or no data, since when and why. It keeps its height, whatever it says.

import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Sample } from '../../../shared/domain/sample.ts'
import { needsPerson } from '../../../shared/domain/standing-failure.ts'
import { vendorName } from '../../../shared/words/accelerator-name.ts'
import { useFailureText } from '../../console/failure-text.ts'
import { useSilenceText } from '../../console/silence-text.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import type { Lost } from './lost-bands.ts'
import { lateMs } from './newest-value.ts'
import { useTimeText } from './use-time-text.ts'
import { useFrame, type Watching } from './use-watch-store.ts'

export function LiveState({ watching }: { readonly watching: Watching }) {
  const { newest, nowMs, lost } = useFrame(watching.store)
  return (
    <div className="rs-live" data-testid="live-state" aria-live="polite">
      {lost === undefined ? <Pace newest={newest} nowMs={nowMs} /> : <LostState lost={lost} watching={watching} />}
    </div>
  )
}

function Pace({ newest, nowMs }: { readonly newest: Sample | undefined; readonly nowMs: number }) {
  const { t } = useTranslation()
  const timeText = useTimeText('seconds')
  const silenceText = useSilenceText()
  if (newest === undefined) return <VerdictMark state="unknown" word={t('observe.waiting')} />
  const late = nowMs - newest.atMs > lateMs
  return (
    <>
      {late ? (
        <VerdictMark state="stale" word={t('observe.late')}>
          {t('observe.endedSince', { time: timeText(newest.atMs) })}
        </VerdictMark>
      ) : (
        <LivePace whole={newest.silent.length === 0} />
      )}
      {newest.silent.map((one) => (
        <small key={one.vendor} className="rs-live-note">
          {t('observe.silent', { vendor: vendorName(one.vendor), why: silenceText(one) })}
        </small>
      ))}
    </>
  )
}

function LivePace({ whole }: { readonly whole: boolean }) {
  const { t } = useTranslation()
  return (
    <VerdictMark state={whole ? 'healthy' : 'degraded'} word={t(whole ? 'observe.live' : 'observe.partly')}>
      {whole ? t('observe.livePace') : null}
    </VerdictMark>
  )
}

function LostState({ lost, watching }: { readonly lost: Lost; readonly watching: Watching }) {
  const { t } = useTranslation()
  const timeText = useTimeText('seconds')
  const at = { time: timeText(lost.sinceMs) }
  const waits = !watching.ended && lost.failure !== undefined && needsPerson(lost.failure)
  const since = watching.ended || waits ? t('observe.endedSince', at) : t('observe.lostSince', at)
  return (
    <>
      <VerdictMark state="stale" word={t('observe.lost')}>
        <span title={since}>{since}</span>
      </VerdictMark>
      <small className="rs-live-note">
        {lost.failure === undefined ? t('observe.endedByConsole') : <Reason failure={lost.failure} />}
        {watching.ended ? (
          <Button size="small" type="link" onClick={watching.watchAgain}>
            {t('observe.watchAgain')}
          </Button>
        ) : waits ? (
          <Button size="small" type="link" onClick={watching.retry}>
            {t('common.retry')}
          </Button>
        ) : null}
      </small>
    </>
  )
}

/** In one line; the next step on hover and for screen readers. */
function Reason({ failure }: { readonly failure: Failure }) {
  const { what, next } = useFailureText(failure)
  return (
    <Tooltip title={`${what} ${next}`}>
      <span className="rs-live-reason">
        {what}
        <span className="rs-visually-hidden"> {next}</span>
      </span>
    </Tooltip>
  )
}
