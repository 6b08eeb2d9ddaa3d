// One channel: who is told of what on it, how it is, and a test whose result stays until the next.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertChannel, ChannelState } from '../../../shared/domain/alert-channel.ts'
import { shortText } from '../../../shared/words/durations.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole, useLanguage, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { useClockText } from '../../console/verdict-time.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

export type ChannelRowProps = {
  readonly channel: AlertChannel
  readonly state: ChannelState | undefined
  /** It was just saved: a test comes next. */
  readonly isFresh: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

export function ChannelRow({ channel, state, isFresh, onEdit, onRemove }: ChannelRowProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const test = useChannelTest(channel.id)
  const { id, way, atLeast, list } = channel
  return (
    <li data-testid="channel">
      <div className="rs-records-head">
        <strong>{id}</strong>
        <small>{t(`alertSetup.kinds.${way.kind}`)}</small>
      </div>
      <div className="rs-records-body">
        <span>
          {t(`alertSetup.fromOn.${atLeast}`)} · {t(`alertSetup.lists.${list}`)}
        </span>
        <WhereLine channel={channel} />
        <StateLine state={state} />
        <div aria-live="polite">
          {isFresh && test.tookMs === undefined && test.failure === undefined ? (
            <small>{t('alertSetup.savedNow', { id })}</small>
          ) : null}
          <TestResult {...test} />
        </div>
      </div>
      <div className="rs-row">
        <Button size="small" aria-label={cli.pair(t('alertSetup.test'), id)} loading={test.busy} onClick={test.send}>
          {t(test.busy ? 'alertSetup.testing' : 'alertSetup.test')}
        </Button>
        <Button size="small" aria-label={cli.pair(t('alertSetup.edit'), id)} onClick={onEdit}>
          {t('alertSetup.edit')}
        </Button>
        <Button size="small" aria-label={cli.pair(t('alertSetup.remove'), id)} onClick={onRemove}>
          {t('alertSetup.remove')}
        </Button>
      </div>
    </li>
  )
}

function useChannelTest(id: string) {
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [tookMs, setTook] = useState<number | undefined>(undefined)
  const send = () => {
    setTook(undefined)
    act.begin(
      'alerts.testChannel',
      () => product.alerts.testChannel({ channel: id }),
      ({ milliseconds }) => {
        setTook(milliseconds)
        outdate('alerts.list')
      },
    )
  }
  return { send, busy: act.busy, failure: act.failure, tookMs }
}

function TestResult({ tookMs, failure }: Pick<ReturnType<typeof useChannelTest>, 'tookMs' | 'failure'>) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (tookMs === undefined) return null
  return <VerdictMark state="healthy" word={t('alertSetup.tested', { span: shortText(tookMs, language) })} />
}

/** Where it leads; addresses hold no secrets. */
function WhereLine({ channel: { way } }: { readonly channel: AlertChannel }) {
  const text = whereText(way)
  return text === '' ? null : <small>{text}</small>
}

function whereText(way: AlertChannel['way']): string {
  switch (way.kind) {
    case 'smtp':
      return `${way.to.join(', ')} · ${way.host}:${way.port}`
    case 'webhook':
      return way.url
    case 'syslog':
    case 'snmp':
      return `${way.host}:${way.port}`
    case 'desktop':
      return ''
    default:
      return way.origin ?? ''
  }
}

function StateLine({ state }: { readonly state: ChannelState | undefined }) {
  const { t } = useTranslation()
  const { alerts } = useWords()
  const clockText = useClockText()
  const { lastSentMs, waiting = 0, lost = 0, trouble } = state ?? {}
  const counts = [
    lastSentMs === undefined ? t('alertSetup.neverSent') : t('alertSetup.lastSent', { time: clockText(lastSentMs) }),
    ...(waiting > 0 ? [t('alertSetup.waiting', { count: waiting })] : []),
    ...(lost > 0 ? [t('alertSetup.lost', { count: lost })] : []),
  ].join(' · ')
  if (trouble === undefined) return <small>{counts}</small>
  const { problem, detail, sinceMs } = trouble
  return (
    <VerdictMark state="degraded" word={t('alertSetup.troubleWord')}>
      {t('alertSetup.trouble', {
        problem: alerts.problems[problem],
        detail: detail === '' ? '' : ` (${detail})`,
        time: clockText(sinceMs),
      })}{' '}
      <span className="rs-muted">{counts}</span>
    </VerdictMark>
  )
}
