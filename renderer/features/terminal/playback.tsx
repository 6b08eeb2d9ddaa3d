// A recording as text, piece by piece: what a terminal would obey is shown as a letter. The whole of it can be saved as the
// file that it is.
import { Button, Modal } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { castReader } from '../../../shared/domain/cast-text.ts'
import type { ListedRecording, RecordingPiece } from '../../../shared/domain/terminal.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Loading } from '../../ui/loading.tsx'
import { lengthText } from './length-text.ts'
import { SaveRecording } from './save-recording.tsx'

export type PlaybackProps = { readonly recording: ListedRecording; readonly onClose: () => void }

export function Playback({ recording, onClose }: PlaybackProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { terminal } = useWords()
  const { recordingId, state, who, appliance } = recording
  /** Where the pieces begin that were read so far; the last one is shown. */
  const [places, setPlaces] = useState<readonly number[]>([0])
  const from = places.at(-1) ?? 0
  const { answer, askAgain } = useAnswer({
    key: ['terminal.recording', recordingId, String(from)],
    ask: () => product.terminal.recording({ recordingId, from }),
  })
  const next = answer.state === 'answered' ? (answer.value?.next ?? null) : null
  return (
    <Modal
      open
      width={960}
      onCancel={onClose}
      title={t('terminal.playback', { appliance, who })}
      closable={{ 'aria-label': t('common.close') }}
      footer={<SaveRecording recording={recording} />}
    >
      <p className={state === 'broken' ? 'rs-terminal-broken' : 'rs-muted'}>
        {t('terminal.recordIs', { state: terminal.states[state] })}
      </p>
      {answer.state === 'waiting' ? <Loading label={t('terminal.reading')} /> : null}
      {answer.state === 'failed' ? <FailureNote failure={answer.failure} state="unknown" onRetry={askAgain} /> : null}
      {answer.state === 'answered' ? <Piece piece={answer.value} /> : null}
      {next === null && places.length === 1 ? null : (
        <div className="rs-row">
          <Button disabled={places.length === 1} onClick={() => setPlaces(places.slice(0, -1))}>
            {t('terminal.earlier')}
          </Button>
          <Button disabled={next === null} onClick={() => next !== null && setPlaces([...places, next])}>
            {t('terminal.later')}
          </Button>
          <span className="rs-muted">{t('terminal.piece', { number: places.length })}</span>
        </div>
      )}
    </Modal>
  )
}

function Piece({ piece }: { readonly piece: RecordingPiece | null }) {
  const { t } = useTranslation()
  const lines = useMemo(() => {
    const reader = castReader()
    return piece === null ? [] : [...reader.take(piece.text), ...reader.rest()]
  }, [piece])
  if (piece === null) return <p className="rs-muted">{t('terminal.goneFile')}</p>
  if (lines.length === 0) return <p className="rs-muted">{t('terminal.nothingShown')}</p>
  const text = lines.map(({ seconds, text: shown }) => `${lengthText(Math.floor(seconds)).padStart(7)}  ${shown}`)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls it
    <pre className="rs-terminal-text" tabIndex={0} translate="no" dir="ltr" data-testid="playback">
      {text.join('\n')}
    </pre>
  )
}
