// What earlier terminals of an appliance showed: who opened them, how they ended, and whether the record is as it was written.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListedRecording } from '../../../shared/domain/terminal.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { lengthText } from './length-text.ts'
import { Playback } from './playback.tsx'

/** `ended`: how many have ended since this page is shown; each has left one. */
export function Recordings({ name, ended }: { readonly name: string; readonly ended: number }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({
    key: ['terminal.recordings', String(ended)],
    ask: () => product.terminal.recordings({}),
  })
  const [shown, setShown] = useState<ListedRecording | undefined>(undefined)
  return (
    <Panel
      title={t('terminal.recordings')}
      actions={<Button onClick={askAgain}>{t('terminal.lookAgain')}</Button>}
      testId="recordings"
    >
      {answer.state === 'waiting' ? <Loading label={t('terminal.reading')} /> : null}
      {answer.state === 'failed' ? <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} /> : null}
      {answer.state === 'answered' ? (
        <List recordings={answer.value.filter(({ appliance }) => appliance === name)} onShow={setShown} />
      ) : null}
      {shown === undefined ? null : <Playback recording={shown} onClose={() => setShown(undefined)} />}
    </Panel>
  )
}

type ListProps = {
  readonly recordings: readonly ListedRecording[]
  readonly onShow: (recording: ListedRecording) => void
}

function List({ recordings, onShow }: ListProps) {
  const { t, i18n } = useTranslation()
  const { terminal } = useWords()
  if (recordings.length === 0) return <p className="rs-muted">{t('terminal.none')}</p>
  const columns = [
    { id: 'when', name: t('terminal.when'), align: 'start' as const },
    { id: 'who', name: t('terminal.who'), align: 'start' as const },
    { id: 'length', name: t('terminal.length') },
    { id: 'end', name: t('terminal.howEnded'), align: 'start' as const },
    { id: 'record', name: t('terminal.record'), align: 'start' as const },
    { id: 'show', name: t('terminal.asText') },
  ]
  const rows = recordings.map((one) => {
    const { recordingId, startedAt, who, user, end, state, storedBytes } = one
    const how = end === null ? (state === 'going' ? '—' : terminal.cutOff) : terminal.ended(end.reason, end.exitCode)
    const when = new Date(startedAt).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
    return {
      id: recordingId,
      cells: [
        <time key="when" dateTime={startedAt}>
          {when}
        </time>,
        t('terminal.whoAs', { who, user }),
        end === null ? '—' : lengthText(end.seconds),
        how,
        t('terminal.recordHas', { state: terminal.states[state], size: bytesText(storedBytes) }),
        <Button
          key="show"
          size="small"
          disabled={state === 'missing'}
          aria-label={t('terminal.showOf', { when })}
          onClick={() => onShow(one)}
        >
          {t('terminal.show')}
        </Button>,
      ],
    }
  })
  return <DataTable caption={t('terminal.recordings')} columns={columns} rows={rows} />
}
