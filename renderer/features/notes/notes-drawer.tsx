// What happened while one looked elsewhere, at the right of whatever page is open: by day, newest first, each with the way
// to the rest of it. It is what the console keeps, not what this window heard.
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Notification } from '../../../shared/domain/notification.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { unreadOf, useReadNotes } from '../../console/notes/read-notes.ts'
import { useNotes } from '../../console/notes/use-notes.ts'
import { useAbout } from '../../console/use-about.ts'
import { useLateLabels } from '../../i18n/late-labels.ts'
import { useNow } from '../../ui/age.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loading } from '../../ui/loading.tsx'
import { notesByDay, startOfDay } from './note-groups.ts'
import { NoteRows } from './note-row.tsx'
import { type NoteTarget, targetOf } from './note-target.ts'
import { noteText } from './note-text.ts'
import './notes.css'

export type NotesDrawerProps = { readonly onClose: () => void; readonly onGo: (target: NoteTarget) => void }

export function NotesDrawer({ onClose, onGo }: NotesDrawerProps) {
  useLateLabels()
  const { t } = useTranslation()
  const { answer, askAgain } = useNotes()
  const all = answer.state === 'answered' ? answer.value : []
  const { ids, read } = useReadNotes()
  const unread = unreadOf(all, ids).length
  const markAll = () =>
    read(
      all.map(({ id }) => id),
      all,
    )
  return (
    <Drawer
      open
      onClose={onClose}
      size={480}
      title={t('notes.title')}
      closable={{ 'aria-label': t('common.close') }}
      extra={
        <Button disabled={unread === 0} onClick={markAll}>
          {t('notes.markAll')}
        </Button>
      }
    >
      <div className="rs-stack">
        <p className="rs-muted">
          {t('notes.lead')} {all.length === 0 ? null : <Unread count={unread} />}
        </p>
        {answer.state === 'waiting' ? <Loading label={t('frame.loading')} /> : null}
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
        {answer.state === 'answered' && answer.problem !== undefined ? (
          <FailureNote failure={answer.problem} onRetry={askAgain} />
        ) : null}
        {answer.state === 'answered' ? <Days all={all} onGo={onGo} /> : null}
      </div>
    </Drawer>
  )
}

function Unread({ count }: { readonly count: number }) {
  const { t } = useTranslation()
  return <strong data-testid="notes-unread">{count === 0 ? t('notes.allRead') : t('notes.unread', { count })}</strong>
}

function Days({ all, onGo }: { readonly all: readonly Notification[]; readonly onGo: NotesDrawerProps['onGo'] }) {
  const { t } = useTranslation()
  const about = useAbout()
  const { ids, read } = useReadNotes()
  const unread = new Set(unreadOf(all, ids))
  if (all.length === 0) return <EmptyState title={t('notes.noneTitle')}>{t('notes.noneLead')}</EmptyState>
  const open = (one: Notification) => {
    read([one.id], all)
    onGo(targetOf(one, about?.openedAt))
  }
  return notesByDay(all, startOfDay).map(({ startMs, groups }) => (
    <section key={startMs}>
      <h3 className="rs-notes-day">
        <DayName startMs={startMs} />
      </h3>
      <ul className="rs-notes">
        {groups.map((group) => (
          <NoteRows key={group[0].id} group={group} isUnread={(one) => unread.has(one)} onOpen={open} />
        ))}
      </ul>
    </section>
  ))
}

function DayName({ startMs }: { readonly startMs: number }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const today = startOfDay(useNow(60_000))
  if (startMs === today) return t('notes.today')
  if (startMs === startOfDay(today - 1)) return t('notes.yesterday')
  const date = new Date(startMs)
  return (
    <time dateTime={date.toISOString()}>
      {date.toLocaleDateString(language, { weekday: 'short', month: 'short', day: 'numeric' })}
    </time>
  )
}

/** What a screen reader is told of what came just now, the newest first: one line, however many came. */
export function NewNotes({ notes }: { readonly notes: readonly [Notification, ...Notification[]] }) {
  useLateLabels()
  const { t } = useTranslation()
  const words = useWords()
  const [newest] = notes
  const { word, text } = noteText(newest, { t, words })
  const place = 'place' in newest.about ? [newest.about.place.name] : []
  const line = words.cli.list([words.cli.pair(word, text), ...place])
  return notes.length === 1 ? line : t('notes.newest', { count: notes.length, text: line })
}
