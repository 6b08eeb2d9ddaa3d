// The way to the console in the desktop shell: a message port, asked for through the one function the preload
// script exposes, and received as a message of this very window.
import { RPCLink } from '@orpc/client/message-port'
import type { StreamContext } from '../../../shared/contract/flow.ts'
import { withFlow } from './flow-wire.ts'
import { pageHeaders } from './page-headers.ts'
import type { Dial } from './reconnecting-link.ts'

export type RacksideBridge = {
  /** Asks for a port; it arrives as `postMessage({ rackside: 'port' })`. */
  readonly connect: () => void
}

declare global {
  var racksideBridge: RacksideBridge | undefined
}

export function portDial(bridge: RacksideBridge, page: Window): Dial {
  return (events) => {
    let port: MessagePort | undefined
    let over = false
    const onMessage = (event: MessageEvent<unknown>) => {
      const [given] = event.ports
      if (over || given === undefined || !isPortMessage(event, page)) return
      page.removeEventListener('message', onMessage)
      port = given
      given.addEventListener('close', () => {
        if (over) return
        over = true
        events.ended()
      })
      const link = new RPCLink<StreamContext>({ port: given, headers: pageHeaders })
      given.start()
      events.opened(withFlow(link))
    }
    page.addEventListener('message', onMessage)
    bridge.connect()
    return () => {
      over = true
      page.removeEventListener('message', onMessage)
      port?.close()
    }
  }
}

/** Only this window itself may hand the port over: a frame or an opener could send a message that looks the same. */
function isPortMessage(event: MessageEvent<unknown>, page: Window): boolean {
  if (event.source !== page || event.origin !== page.origin) return false
  const { data } = event
  return typeof data === 'object' && data !== null && 'rackside' in data && data.rackside === 'port'
}
