// Which way this page goes to its console: through the desktop shell's bridge where there is one, else over a
// WebSocket with the key of this window.
import type { ConsoleLink } from '../console-link.ts'
import { portDial } from './port-dial.ts'
import { reconnectingLink, refusedLink } from './reconnecting-link.ts'
import { linkUrl, webSocketDial } from './web-socket-dial.ts'
import { hasWindowKey, takeWindowKey } from './window-key.ts'

export async function openLink(page: Window): Promise<ConsoleLink> {
  const bridge = globalThis.racksideBridge
  if (bridge !== undefined) return reconnectingLink(portDial(bridge, page))
  const key = await takeWindowKey({
    location: page.location,
    history: page.history,
    storage: page.sessionStorage,
    fetch: (input, init) => page.fetch(input, init),
  })
  takeLaterKeys(page)
  if (!key.ok) return refusedLink(key.failure)
  const open = (url: string, protocols: string[]) => new WebSocket(url, protocols)
  return reconnectingLink(webSocketDial({ url: linkUrl(page.location), token: key.token, open }))
}

/** Another key put into the address of an open page changes nothing in it: it has to begin anew. */
function takeLaterKeys(page: Window): void {
  page.addEventListener('hashchange', () => {
    if (hasWindowKey(page.location)) page.location.reload()
  })
}
