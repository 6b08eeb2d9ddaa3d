// What a screen reader is told of what came just now: one line, however many came.
import { useTranslation } from 'react-i18next'
import type { Notification } from '../../../shared/domain/notification.ts'
import { useWords } from '../../console/console-context.tsx'
import { useLateLabels } from '../../i18n/late-labels.ts'
import { noteText } from './note-text.ts'

/** Newest first. */
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
