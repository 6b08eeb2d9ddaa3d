// The second link, for uploads only: opened when the first upload asks for it, closed when none has
// used it for a while, and gone with the first link.
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Link } from './link.ts'
import { type RootBy, type Sessions, sessionsOver } from './sessions.ts'

const idleSeconds = 30

export type UploadLinks = {
  use<T>(work: (sessions: Sessions) => Promise<Result<T>>): Promise<Result<T>>
  close(): Promise<void>
}

/** `forget`: ends the listening on that link. */
type Opened = { readonly sessions: Sessions; readonly forget: () => void }

export function uploadLinks(main: Link, open: () => Promise<Result<Link>>, rootBy: RootBy): UploadLinks {
  let opening: Promise<Result<Opened>> | undefined
  let users = 0
  let closed = false
  let idle: NodeJS.Timeout | undefined
  const close = async (): Promise<void> => {
    clearTimeout(idle)
    const last = opening
    // At once: an upload that begins now gets a link of its own, not one that is being closed.
    opening = undefined
    const opened = await last
    if (!opened?.ok) return
    opened.value.forget()
    await opened.value.sessions.link.close()
  }
  const openAnew = async (isStillMine: () => boolean): Promise<Result<Opened>> => {
    const giveUp = (): void => {
      if (isStillMine()) opening = undefined
    }
    const link = await open()
    if (!link.ok) {
      giveUp()
      return link
    }
    if (closed) {
      await link.value.close()
      return fail(main.lostFailure('put'))
    }
    // The link may be the first one too, which outlives many uploads.
    return ok({ sessions: sessionsOver(link.value, rootBy), forget: link.value.onLost(giveUp) })
  }
  const ensureOpen = (): Promise<Result<Opened>> => {
    if (opening !== undefined) return opening
    const mine: Promise<Result<Opened>> = openAnew(() => opening === mine)
    opening = mine
    return mine
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
        const opened = await ensureOpen()
        return opened.ok ? await work(opened.value.sessions) : opened
      } finally {
        users -= 1
        if (users === 0 && !closed) idle = setTimeout(() => void close(), idleSeconds * 1000)
      }
    },
    close: shut,
  }
}
