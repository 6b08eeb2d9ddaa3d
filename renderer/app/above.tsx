// What opens above any page, the search and what happened meanwhile, with the ways from there. One part of the page for all
// of it: small parts by themselves would cut what the others share into more pieces.
import { useNavigate } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import type { NoteTarget } from '../features/notes/note-target.ts'
import { NewNotes, NotesDrawer } from '../features/notes/notes-drawer.tsx'
import { CommandPalette } from './command-palette.tsx'

type Closable = { readonly onClose: () => void }

export function SearchAbove({ onClose }: Closable) {
  return <CommandPalette onClose={onClose} />
}

export function NotesAbove({ onClose }: Closable) {
  const go = useGo()
  return (
    <NotesDrawer
      onClose={onClose}
      onGo={(target) => {
        onClose()
        go(target)
      }}
    />
  )
}

export function NewNotesSaid(props: ComponentProps<typeof NewNotes>) {
  return <NewNotes {...props} />
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
