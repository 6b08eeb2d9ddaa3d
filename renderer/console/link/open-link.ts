// Which way this page goes to its console: through the desktop shell's bridge where there is one, else over a
// WebSocket with the key of this window.
import type { ConsoleLink } from '../console-link.ts'
import { portDial } from './port-dial.ts'
import { reconnectingLink, refusedLink } from './reconnecting-link.ts'
import { linkUrl, webSocketDial } from './web-socket-dial.ts'
import { hasWindowKey, type PageParts, takeWindowKey } from './window-key.ts'

export async function openLink(page: Window): Promise<ConsoleLink> {
  const bridge = globalThis.racksideBridge
  if (bridge !== undefined) return reconnectingLink(portDial(bridge, page))
  const parts = partsOf(page)
  const key = await takeWindowKey(parts)
  takeLaterKeys(page, parts)
  if (!key.ok) return refusedLink(key.failure)
  const open = (url: string, protocols: string[]) => new WebSocket(url, protocols)
  return reconnectingLink(webSocketDial({ url: linkUrl(page.location), token: key.token, open }))
}

/** Another key put into the address of an open page changes nothing in it: it is taken, and the page begins anew. */
function takeLaterKeys(page: Window, parts: PageParts): void {
  // Heard before the router, which would make a place of the page of it.
  page.addEventListener('popstate', () => {
    if (hasWindowKey(page.location)) void takeWindowKey(parts).then(() => page.location.reload())
  })
}

function partsOf(page: Window): PageParts {
  return {
    location: page.location,
    history: page.history,
    storage: page.sessionStorage,
    fetch: (input, init) => page.fetch(input, init),
  }
}
