// The second link, for uploads only: opened when the first upload asks for it, closed when none has
// used it for a while, and gone with the first link.
import { fail, type Result } from '../../shared/domain/failure.ts'
import type { Link } from './link.ts'
import { type RootBy, type Sessions, sessionsOver } from './sessions.ts'

const idleSeconds = 30

export type UploadLinks = {
  use<T>(work: (sessions: Sessions) => Promise<Result<T>>): Promise<Result<T>>
  close(): Promise<void>
}

export function uploadLinks(main: Link, open: () => Promise<Result<Link>>, rootBy: RootBy): UploadLinks {
  let opening: Promise<Result<Sessions>> | undefined
  let users = 0
  let closed = false
  let idle: NodeJS.Timeout | undefined
  const close = async (): Promise<void> => {
    clearTimeout(idle)
    const last = opening
    // At once: an upload that begins now gets a link of its own, not one that is being closed.
    opening = undefined
    const opened = await last
    if (opened?.ok) await opened.value.link.close()
  }
  const ensureOpen = async (): Promise<Result<Sessions>> => {
    const link = await open()
    if (!link.ok) {
      opening = undefined
      return link
    }
    if (closed) {
      await link.value.close()
      return fail(main.lostFailure('put'))
    }
    link.value.onLost(() => {
      opening = undefined
    })
    return { ok: true, value: sessionsOver(link.value, rootBy) }
  }
  const shut = (): Promise<void> => {
    closed = true
    return close()
  }
  main.onLost(() => void shut())
  return {
    use: async (work) => {
      if (closed) return fail(main.lostFailure('put'))
      clearTimeout(idle)
      users += 1
      try {
        opening ??= ensureOpen()
        const sessions = await opening
        return sessions.ok ? await work(sessions.value) : sessions
      } finally {
        users -= 1
        if (users === 0 && !closed) idle = setTimeout(() => void close(), idleSeconds * 1000)
      }
    },
    close: shut,
  }
}
