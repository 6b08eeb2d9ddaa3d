// The windows of this shell: each shows the page, has its own link, and is loaded again when its page breaks.
import { closesFreely, reloadsByItself } from './decisions.ts'
import { type PageLink, pageLink } from './page-link.ts'
import { pageAddress } from './page-rules.ts'
import type { DesktopWindow, PagePort, Platform, Prevent, WindowLook } from './platform-shape.ts'

export type WindowSetParts = {
  readonly platform: Pick<Platform, 'openWindow' | 'system'>
  readonly look: WindowLook
  readonly serve: (port: PagePort) => void
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  readonly report: (line: string) => void
  /** The last one is about to close; it stays until somebody decides. */
  readonly onLastClosing: () => void
  /** A page broke. `again`: it was not loaded again because that does not mend it. */
  readonly onBroken: (reload: () => void, again: boolean) => void
  readonly onHanging: (reload: () => void) => void
}

export type WindowSet = {
  /** Resolves when its page is shown. */
  open(): Promise<void>
  /** Those that are there come to the front; without one, one is opened. */
  bringBack(): Promise<void>
  hide(): void
  minimize(): void
  destroyAll(): void
}

export function windowSet(parts: WindowSetParts): WindowSet {
  const windows = new Map<DesktopWindow, PageLink>()
  const open = async () => {
    const link = pageLink(parts.serve)
    const window = parts.platform.openWindow(parts.look, {
      ...pageEvents(parts, link, () => window),
      closing: (prevent) => closing(prevent),
      closed: () => gone(window),
    })
    windows.set(window, link)
    try {
      await window.load(pageAddress)
    } catch (error) {
      // Closed before its page was there: nothing is missing.
      if (!windows.has(window)) return
      throw error
    }
    window.show()
  }
  const closing = (prevent: Prevent) => {
    if (closesFreely(parts.platform.system, windows.size - 1)) return
    prevent()
    parts.onLastClosing()
  }
  /** Its page may be closed without a word to its window; a program that shows nothing any more would be there unseen. */
  const gone = (window: DesktopWindow) => {
    windows.delete(window)
    if (!closesFreely(parts.platform.system, windows.size)) parts.onLastClosing()
  }
  const each = (act: (window: DesktopWindow) => void) => {
    for (const window of [...windows.keys()]) act(window)
  }
  return {
    open,
    async bringBack() {
      if (windows.size === 0) await open()
      else each((window) => window.show())
    },
    hide: () => each((window) => window.hide()),
    minimize: () => each((window) => window.minimize()),
    destroyAll() {
      for (const link of windows.values()) link.end()
      each((window) => window.destroy())
    },
  }
}

function pageEvents(parts: WindowSetParts, link: PageLink, windowOf: () => DesktopWindow) {
  const breaksMs: number[] = []
  const reload = () => windowOf().reload()
  return {
    pageLeft: link.end,
    pageCrashed(reason: string) {
      parts.report(`the page of a window ended (${reason})`)
      const mended = reloadsByItself(breaksMs, parts.clock())
      breaksMs.push(parts.clock())
      if (mended) reload()
      parts.onBroken(reload, !mended)
    },
    pageHangs: () => parts.onHanging(reload),
    linkWanted: link.want,
  }
}
