// One notification, or a burst of one kind as one line that opens.
import { RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Notification } from '../../../shared/domain/notification.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { DemoChip } from '../../console/demo/demo-mark.tsx'
import { VerdictShape } from '../../ui/verdict-mark.tsx'
import type { NoteGroup } from './note-groups.ts'
import { noteText } from './note-text.ts'

export type NoteActs = {
  readonly isUnread: (one: Notification) => boolean
  readonly onOpen: (one: Notification) => void
}

type NoteRowProps = NoteActs & { readonly note: Notification }

function NoteRow({ note, isUnread, onOpen }: NoteRowProps) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const { mark, word, text } = noteText(note, { t, words })
  const { about, atMs, isQuiet } = note
  const time = new Date(atMs).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const unread = isUnread(note)
  return (
    <li className="rs-note" data-testid="note" data-unread={unread}>
      <button type="button" className="rs-note-body" onClick={() => onOpen(note)}>
        <VerdictShape state={mark} />
        <span className="rs-note-text">
          <span>
            <strong className={`rs-tone-${mark}`}>{word}</strong> {text}
          </span>
          {'place' in about ? (
            <span className="rs-muted">
              {about.place.name} {about.place.demo ? <DemoChip /> : null}
            </span>
          ) : null}
          {isQuiet === true ? <span className="rs-muted">{t('notes.quiet')}</span> : null}
        </span>
        <time className="rs-note-time" dateTime={new Date(atMs).toISOString()}>
          {time}
        </time>
        <span className="rs-note-new">
          {unread ? <span className="rs-visually-hidden">{t('notes.isNew')}</span> : null}
        </span>
        <RightOutlined aria-hidden="true" />
      </button>
    </li>
  )
}

export function NoteRows({ group, ...acts }: NoteActs & { readonly group: NoteGroup }) {
  const [newest, ...others] = group
  if (others.length === 0) return <NoteRow note={newest} {...acts} />
  return <Burst group={group} {...acts} />
}

function Burst({ group, ...acts }: NoteActs & { readonly group: NoteGroup }) {
  const { t } = useTranslation()
  const words = useWords()
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const [newest] = group
  const span = durationText(newest.atMs - (group.at(-1) ?? newest).atMs, language)
  const unread = group.filter(acts.isUnread).length
  const marks = group.map((one) => noteText(one, { t, words }).mark)
  const places = [...new Set(group.flatMap(({ about }) => ('place' in about ? [about.place.name] : [])))]
  return (
    <li className="rs-note-burst" data-testid="note-burst" data-unread={unread > 0}>
      <div className="rs-note-sum">
        <VerdictShape state={worst.find((one) => marks.includes(one)) ?? 'note'} />
        <span className="rs-note-text">
          <strong>{t(`notes.burst.${burstName(newest)}`, { count: group.length, span })}</strong>
          <span className="rs-muted">{words.cli.list(places.slice(0, 4))}</span>
        </span>
        <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'notes.burstLess' : 'notes.burstMore')}
        </Button>
      </div>
      {isOpen ? (
        <ul className="rs-notes">
          {group.map((one) => (
            <NoteRow key={one.id} note={one} {...acts} />
          ))}
        </ul>
      ) : null}
    </li>
  )
}

const worst = ['down', 'degraded', 'unknown', 'note', 'healthy'] as const

function burstName({ about }: Notification): 'alert' | 'alert-over' | 'run' | 'other' {
  return about.kind === 'alert' || about.kind === 'alert-over' || about.kind === 'run' ? about.kind : 'other'
}
