// One line of a log, or what became of the way there. What a container wrote is text here and nothing else.
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { LogLine } from '../../../shared/domain/log.ts'
import { useWords } from '../../console/console-context.tsx'
import { useFailureText } from '../../console/failure-text.ts'
import { partsAround } from './log-search.ts'
import type { LogMark, LogRow } from './log-store.ts'
import { timeOfDay } from './log-text.ts'

export type LogRowProps = { readonly row: LogRow; readonly word: string; readonly isCurrent: boolean }

export function LogRowView({ row: { line, mark }, word, isCurrent }: LogRowProps) {
  if (line !== undefined) return <Line line={line} word={word} isCurrent={isCurrent} />
  return mark === undefined ? null : <Mark mark={mark} />
}

type LineProps = { readonly line: LogLine; readonly word: string; readonly isCurrent: boolean }

function Line({ line: { atMs, stream, text, cutBytes }, word, isCurrent }: LineProps) {
  const { logs: said } = useWords()
  return (
    <div className={isCurrent ? 'rs-log-line rs-log-current' : 'rs-log-line'}>
      <span className="rs-log-time" translate="no" title={atMs === null ? undefined : new Date(atMs).toISOString()}>
        {atMs === null ? '' : timeOfDay(atMs)}
      </span>
      <span className="rs-log-stream">{stream === 'stderr' ? 'stderr' : ''}</span>
      <span className="rs-log-text" dir="ltr" translate="no">
        <Found text={text} word={word} />
        {cutBytes === undefined ? null : <em className="rs-log-cut"> {said.cut(cutBytes)}</em>}
      </span>
    </div>
  )
}

function Found({ text, word }: { readonly text: string; readonly word: string }) {
  if (word === '') return text
  return partsAround(text, word).map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name than its place
    at % 2 === 1 ? <mark key={at}>{part}</mark> : part,
  )
}

function Mark({ mark }: { readonly mark: LogMark }) {
  const { t } = useTranslation()
  return (
    <div className={`rs-log-mark rs-log-${mark.kind}`}>
      <strong>{t(`logs.marks.${mark.kind}`, { time: timeOfDay(mark.atMs).slice(0, 8) })}</strong>{' '}
      {mark.kind !== 'lost' ? null : mark.failure === undefined ? (
        t('logs.consoleLost')
      ) : (
        <Why failure={mark.failure} />
      )}
    </div>
  )
}

function Why({ failure }: { readonly failure: Failure }) {
  return useFailureText(failure).what
}
