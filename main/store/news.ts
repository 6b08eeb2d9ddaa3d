// What happened and is kept nowhere else: runs that ended, what publishers released and took back. It is read where
// somebody asks what happened meanwhile; what cannot be written is known at least as long as the console runs.
import * as z from 'zod'
import { type KeptNews, keptNews } from '../../shared/domain/notification.ts'
import { mostNotifications, notificationDays } from '../../shared/domain/notification-bounds.ts'
import { documentIn } from './folder.ts'

const keptMs = notificationDays * 24 * 3_600_000

export type News = {
  /** Oldest first. */
  all(): readonly KeptNews[]
  note(...news: readonly KeptNews[]): void
}

export function newsIn(folder: string): News {
  const document = documentIn(folder, 'news.json', z.array(keptNews), [])
  let known: readonly KeptNews[] | undefined

  /** A damaged document begins anew: it is news and no record. */
  function all(): readonly KeptNews[] {
    if (known === undefined) {
      const read = document.read()
      known = read.ok ? read.value : []
    }
    return known
  }

  return {
    all,
    note(...news) {
      if (news.length === 0) return
      const newest = Math.max(...news.map(({ atMs }) => atMs))
      known = [...all(), ...news].filter(({ atMs }) => newest - atMs <= keptMs).slice(-mostNotifications)
      document.write([...known])
    },
  }
}
