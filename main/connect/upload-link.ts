// The links for uploads only: one that is opened when the first upload asks for it, and further ones where they pay.
// They are closed when no upload has used them for a while, and gone with the first link of all.
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Link } from './link.ts'
import { type RootBy, type Sessions, sessionsOver } from './sessions.ts'

const idleSeconds = 30

export type UploadLinks = {
  use<T>(work: (sessions: Sessions) => Promise<Result<T>>): Promise<Result<T>>
  /** The first, second ... link beside the one that is used; undefined where there can be none. Dialled once, if at all. */
  further(number: number): Promise<Sessions | undefined>
  /** How many connections the last upload found to be worth it; forgotten with the links. */
  readonly worth: { lanes: number | undefined }
  close(): Promise<void>
}

export type UploadLinkTools = {
  readonly open: () => Promise<Result<Link>>
  readonly rootBy: RootBy
  /** Whether whoever opens one may open another beside it. */
  readonly severalAllowed: boolean
}

/** `forget`: ends the listening on that link. */
type Opened = { readonly sessions: Sessions; readonly forget: () => void }

export function uploadLinks(main: Link, { open, rootBy, severalAllowed }: UploadLinkTools): UploadLinks {
  const opening = new Map<number, Promise<Result<Opened>>>()
  const worth: UploadLinks['worth'] = { lanes: undefined }
  let users = 0
  let closed = false
  let idle: NodeJS.Timeout | undefined
  const close = async (): Promise<void> => {
    clearTimeout(idle)
    const last = [...opening.values()]
    // At once: an upload that begins now gets a link of its own, not one that is being closed.
    opening.clear()
    worth.lanes = undefined
    await Promise.all(
      last.map(async (one) => {
        const opened = await one
        if (!opened.ok) return
        opened.value.forget()
        await opened.value.sessions.link.close()
      }),
    )
  }
  const openAnew = async (giveUp: () => void): Promise<Result<Opened>> => {
    const link = await open()
    if (!link.ok) return link
    if (closed) {
      await link.value.close()
      return fail(main.lostFailure('put'))
    }
    // The link may be the first one too, which outlives many uploads.
    return ok({ sessions: sessionsOver(link.value, rootBy), forget: link.value.onLost(giveUp) })
  }
  const ensureOpen = (number: number): Promise<Result<Opened>> => {
    const known = opening.get(number)
    if (known !== undefined) return known
    const mine: Promise<Result<Opened>> = openAnew(() => {
      if (opening.get(number) === mine) opening.delete(number)
    })
    opening.set(number, mine)
    return mine
  }
  const shut = (): Promise<void> => {
    closed = true
    return close()
  }
  main.onLost(() => void shut())
  return {
    worth,
    use: async (work) => {
      if (closed) return fail(main.lostFailure('put'))
      clearTimeout(idle)
      users += 1
      try {
        const opened = await ensureOpen(0)
        if (opened.ok) return await work(opened.value.sessions)
        opening.delete(0)
        return opened
      } finally {
        users -= 1
        if (users === 0 && !closed) idle = setTimeout(() => void close(), idleSeconds * 1000)
      }
    },
    further: async (number) => {
      if (!severalAllowed || closed) return undefined
      const opened = await ensureOpen(number)
      return opened.ok ? opened.value.sessions : undefined
    },
    close: shut,
  }
}
