// The bell in the top bar: how much happened that was not read, and the list of it behind. What is wrong now is beside it
// (alerts-mark.tsx): that stays until somebody is at it, this until somebody has read it.
import { BellOutlined } from '@ant-design/icons'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Notification } from '../../shared/domain/notification.ts'
import { unreadOf, useReadNotes } from '../console/notes/read-notes.ts'
import { useNotes } from '../console/notes/use-notes.ts'
import { pagePart } from './page-part.ts'

const part = () => pagePart(() => import('./above.tsx'))
const NotesAbove = lazy(async () => ({ default: (await part()).NotesAbove }))
const NewNotesSaid = lazy(async () => ({ default: (await part()).NewNotesSaid }))

const mostShown = 99

export function BellMark() {
  const { t } = useTranslation()
  const { answer } = useNotes()
  const ids = useReadNotes(({ ids: read }) => read)
  const [isOpen, setOpen] = useState(false)
  const all = answer.state === 'answered' ? answer.value : undefined
  const count = all === undefined ? 0 : unreadOf(all, ids).length
  const nothing = answer.state === 'answered' ? t('frame.bellNone') : t('frame.bellUnknown')
  const said = count === 0 ? nothing : t('frame.bell', { count })
  return (
    <>
      <button
        type="button"
        className="rs-bell"
        title={said}
        aria-label={said}
        aria-haspopup="dialog"
        data-testid="bell"
        onClick={() => setOpen(true)}
      >
        <BellOutlined aria-hidden="true" />
        <span aria-hidden="true">{count === 0 ? '' : count > mostShown ? `${mostShown}+` : count}</span>
      </button>
      <New all={all} />
      {isOpen ? (
        <Suspense fallback={null}>
          <NotesAbove onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** What came since the answer before; what was there when the window was opened is nothing new. */
function New({ all }: { readonly all: readonly Notification[] | undefined }) {
  const known = useRef<ReadonlySet<string> | undefined>(undefined)
  const [fresh, setFresh] = useState<readonly Notification[]>([])
  useEffect(() => {
    if (all === undefined) return
    const before = known.current
    known.current = new Set(all.map(({ id }) => id))
    const came = before === undefined ? [] : all.filter(({ id, isQuiet }) => !before.has(id) && isQuiet !== true)
    if (came.length > 0) setFresh(came)
  }, [all])
  const [newest, ...others] = fresh
  return (
    <span role="status" className="rs-visually-hidden" data-testid="bell-new">
      {newest === undefined ? null : (
        <Suspense fallback={null}>
          <NewNotesSaid notes={[newest, ...others]} />
        </Suspense>
      )}
    </span>
  )
}
