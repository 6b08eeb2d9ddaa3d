// The recorder of an appliance: whether something measures it while no console watches, since when and how much; fetching
// what it has, and its end.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RecorderState } from '../../../shared/domain/recorder.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { useRetry } from '../../console/use-retry.ts'
import { Panel } from '../../ui/panel.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { Waiting } from './overview-tab.tsx'
import type { ApplianceAnswers } from './use-appliance.ts'
import { useDateText } from './use-date-text.ts'

export function RecorderPanel({ appliance }: { readonly appliance: ApplianceAnswers }) {
  const { name, target } = appliance
  const { t } = useTranslation()
  const { recorder } = useWords()
  const { product } = useConsole()
  const retry = useRetry(name)
  const { answer, askAgain } = useAnswer({
    key: ['recorder.state', name],
    ask: () => product.recorder.state({ target }),
  })
  const title = t('appliance.recorder.title')
  if (answer.state === 'waiting') return <Waiting text={t('appliance.upkeep.looking')} />
  if (answer.state === 'failed') {
    return (
      <Panel title={title} tone="absent">
        <FailureNote failure={answer.failure} state="unknown" onRetry={() => retry(askAgain)} />
      </Panel>
    )
  }
  return (
    <Panel title={title} testId="recorder">
      {answer.value === null ? (
        <p className="rs-muted">{recorder.none}</p>
      ) : (
        <Found state={answer.value} appliance={appliance} onChanged={askAgain} />
      )}
    </Panel>
  )
}

type FoundProps = {
  readonly state: RecorderState
  readonly appliance: ApplianceAnswers
  readonly onChanged: () => void
}

function Found({ state, appliance: { target }, onChanged }: FoundProps) {
  const { t } = useTranslation()
  const { recorder } = useWords()
  const { product } = useConsole()
  const dateText = useDateText()
  const fetching = useAct()
  const removing = useAct()
  const { running, sinceMs, script, bytes, limitBytes, intervalSeconds, newestMs, alert } = state
  const time = (atMs: number) => dateText(new Date(atMs).toISOString())
  const isWell = running && script === 'as-wanted' && alert?.untold === undefined
  const said = running && sinceMs !== undefined ? recorder.runs(time(sinceMs)) : recorder.stopped
  const failure = fetching.failure ?? removing.failure
  return (
    <>
      <VerdictMark state={isWell ? 'healthy' : 'degraded'} word={said} />
      {recorder.script[script] === undefined ? null : <p>{recorder.script[script]}</p>}
      <p className="rs-muted">
        {recorder.size(bytesText(bytes), bytesText(limitBytes), intervalSeconds)}{' '}
        {newestMs === undefined ? null : recorder.newest(time(newestMs))}
      </p>
      <p className="rs-muted">{alert === undefined ? recorder.tellsNobody : recorder.tells(alert.host)}</p>
      {alert?.untold === undefined ? null : <p>{recorder.untold(time(alert.untold.atMs), alert.untold.exitCode)}</p>}
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
      <div className="rs-row">
        <Button
          loading={fetching.busy}
          onClick={() => fetching.begin('recorder.fetch', () => product.recorder.fetch({ target }), onChanged)}
        >
          {t('appliance.recorder.fetch')}
        </Button>
        <Button
          danger
          loading={removing.busy}
          onClick={() => removing.begin('recorder.remove', () => product.recorder.remove({ target }), onChanged)}
        >
          {t('appliance.recorder.remove')}
        </Button>
      </div>
    </>
  )
}
