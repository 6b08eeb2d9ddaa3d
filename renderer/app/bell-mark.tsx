// The bell in the top bar: how much happened that was not read, and the list of it behind. What is wrong now is beside it
// (alerts-mark.tsx): that stays until somebody is at it, this until somebody has read it.
import { BellOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Notification } from '../../shared/domain/notification.ts'
import { unreadOf, useReadNotes } from '../console/notes/read-notes.ts'
import { useNotes } from '../console/notes/use-notes.ts'
import type { NoteTarget } from '../features/notes/note-target.ts'
import { pagePart } from './page-part.ts'

const NotesDrawer = lazy(async () => ({
  default: (await pagePart(() => import('../features/notes/notes-drawer.tsx'))).NotesDrawer,
}))
const NewNotes = lazy(async () => ({
  default: (await pagePart(() => import('../features/notes/new-notes.tsx'))).NewNotes,
}))

const mostShown = 99

export function BellMark() {
  const { t } = useTranslation()
  const { answer } = useNotes()
  const ids = useReadNotes(({ ids: read }) => read)
  const [isOpen, setOpen] = useState(false)
  const go = useGo()
  const all = answer.state === 'answered' ? answer.value : undefined
  const count = all === undefined ? 0 : unreadOf(all, ids).length
  const said = count === 0 ? t('frame.bellNone') : t('frame.bell', { count })
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
          <NotesDrawer
            onClose={() => setOpen(false)}
            onGo={(target) => {
              setOpen(false)
              go(target)
            }}
          />
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
          <NewNotes notes={[newest, ...others]} />
        </Suspense>
      )}
    </span>
  )
}

function useGo(): (target: NoteTarget) => void {
  const navigate = useNavigate()
  return (target) => {
    switch (target.to) {
      case 'alerts': {
        const { tab, of } = target
        return void navigate({ to: '/alerts', search: { tab, ...(of !== undefined && { of }) } })
      }
      case 'run': {
        const { name, planId } = target
        return void navigate({ to: '/appliances/$name/setup/$planId', params: { name, planId } })
      }
      case 'runs':
        return void navigate({ to: '/runs' })
      case 'appliance': {
        const { name, tab } = target
        return void navigate({ to: '/appliances/$name', params: { name }, search: { tab } })
      }
      case 'bundles':
        return void navigate({ to: '/catalog', search: { kind: 'bundles' } })
      case 'publishers':
        return void navigate({ to: '/settings/publishers' })
    }
  }
}
