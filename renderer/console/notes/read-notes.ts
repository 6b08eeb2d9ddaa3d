// Which notifications the person at this browser has read: their ids, no more of them than the console tells of. Another
// window of the same browser knows it too.
import { create } from 'zustand'
import type { Notification } from '../../../shared/domain/notification.ts'
import { mostNotifications } from '../../../shared/domain/notification-bounds.ts'

const place = 'rackside.notesRead'

type ReadNotes = {
  readonly ids: ReadonlySet<string>
  /** `all`: what there is now; what is not among it any more is forgotten. */
  readonly read: (ids: readonly string[], all: readonly Notification[]) => void
}

export const useReadNotes = create<ReadNotes>()((set, get) => {
  globalThis.addEventListener?.('storage', ({ key, newValue }: StorageEvent) => {
    if (key === place) set({ ids: idsIn(newValue) })
  })
  return {
    ids: idsIn(stored()),
    read(ids, all) {
      const known = new Set([...get().ids, ...ids])
      const kept = all.map(({ id }) => id).filter((id) => known.has(id))
      store(JSON.stringify(kept))
      set({ ids: new Set(kept) })
    },
  }
})

/** What nobody was told of on purpose waits for nobody. */
export function unreadOf(all: readonly Notification[], ids: ReadonlySet<string>): readonly Notification[] {
  return all.filter(({ id, isQuiet }) => isQuiet !== true && !ids.has(id))
}

/** Whatever somebody put there. */
function idsIn(text: string | null): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    const ids = Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
    return new Set(ids.slice(0, mostNotifications))
  } catch {
    return new Set()
  }
}

// A browser may refuse storage altogether: then it is known as long as the window is open.
function stored(): string | null {
  try {
    return localStorage.getItem(place)
  } catch {
    return null
  }
}

function store(text: string): void {
  try {
    localStorage.setItem(place, text)
  } catch {
    return
  }
}
