// One log that is read: its lines, the search in them, and what can be done with them. While somebody reads what was
// before, the lines stand still and the new ones wait.
import { Button, Checkbox } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FailureNote } from '../../console/failure-note.tsx'
import { Loading } from '../../ui/loading.tsx'
import { matchesIn } from './log-search.ts'
import { LogSearchBar } from './log-search-bar.tsx'
import { type LogShown, mostRows } from './log-store.ts'
import { LogView } from './log-view.tsx'
import { TakeAlong } from './take-along.tsx'
import { type LogName, useLog } from './use-log.ts'

export function LogReader(name: LogName & { readonly appliance: string }) {
  const { t } = useTranslation()
  const { shown: newest, failure, again, isOpen } = useLog(name)
  const [held, setHeld] = useState<LogShown | undefined>(undefined)
  const [wraps, setWraps] = useState(false)
  const shown = held ?? newest
  const search = useSearch(shown, () => setHeld((before) => before ?? newest))
  const waiting = held === undefined ? 0 : newest.olderRows + newest.rows.length - held.olderRows - held.rows.length
  return (
    <>
      <div className="rs-log-bar">
        <LogSearchBar {...search} />
        <div className="rs-row">
          <Checkbox checked={wraps} onChange={({ target }) => setWraps(target.checked)}>
            {t('logs.wrap')}
          </Checkbox>
          <Button onClick={() => setHeld(held === undefined ? newest : undefined)}>
            {held === undefined ? t('logs.pause') : t('logs.goOn')}
          </Button>
        </div>
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" onRetry={again} />}
      <p className="rs-muted rs-log-state" aria-live="polite">
        <State isOpen={isOpen} isEnded={failure !== undefined} waiting={waiting} isHeld={held !== undefined} />
        {shown.olderRows === 0 ? '' : ` ${t('logs.older', { older: shown.olderRows, most: mostRows })}`}
      </p>
      {shown.rows.length > 0 ? (
        <LogView
          rows={shown.rows}
          wraps={wraps}
          follows={held === undefined}
          onAway={() => setHeld((before) => before ?? newest)}
          word={search.word}
          current={search.place}
        />
      ) : failure !== undefined ? null : (
        <div className="rs-log rs-log-empty">
          {isOpen ? <p className="rs-muted">{t('logs.empty')}</p> : <Loading label={t('logs.opening')} />}
        </div>
      )}
      <TakeAlong rows={shown.rows} appliance={name.appliance} container={name.container} />
    </>
  )
}

type StateProps = {
  readonly isOpen: boolean
  readonly isEnded: boolean
  readonly isHeld: boolean
  readonly waiting: number
}

function State({ isOpen, isEnded, isHeld, waiting }: StateProps) {
  const { t } = useTranslation()
  if (isEnded) return t('logs.ended')
  if (isHeld) return t('logs.held', { waiting })
  return t(isOpen ? 'logs.following' : 'logs.opening')
}

/** `onMove` holds the lines still: what somebody looks at must not move on. */
function useSearch({ rows }: LogShown, hold: () => void) {
  const [word, setWord] = useState('')
  const [at, setAt] = useState<number | undefined>(undefined)
  const matches = useMemo(() => matchesIn(rows, word), [rows, word])
  const found = at !== undefined && at < matches.length ? at : undefined
  return {
    word,
    onWord: (next: string) => {
      setWord(next)
      setAt(undefined)
    },
    count: matches.length,
    at: found,
    place: found === undefined ? undefined : matches[found],
    /** The newest comes first. */
    onMove: (by: 1 | -1) => {
      hold()
      setAt(found === undefined ? matches.length - 1 : (found + by + matches.length) % matches.length)
    },
  }
}
