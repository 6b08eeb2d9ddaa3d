// The way to the console in a browser: a WebSocket to the server this page came from, with the window's key
// as a sub-protocol, since a browser can send no header there and an address would end up in histories.
import { RPCLink } from '@orpc/client/websocket'
import type { StreamContext } from '../../../shared/contract/flow.ts'
import type { FailureOf } from '../../../shared/domain/failure.ts'
import { withFlow } from './flow-wire.ts'
import { pageHeaders } from './page-headers.ts'
import type { Dial } from './reconnecting-link.ts'

/** The server closes with it when the key is not the one of its run. */
const refusedCode = 4401

export type WebSocketPlace = {
  /** "ws://127.0.0.1:8722/link" */
  readonly url: string
  /** Undefined: whoever is in front of it signs in, where that is enough. */
  readonly token: string | undefined
  readonly open: (url: string, protocols: string[]) => WebSocket
}

export function linkUrl(page: Pick<Location, 'host' | 'protocol'>): string {
  return `${page.protocol === 'https:' ? 'wss' : 'ws'}://${page.host}/link`
}

export function webSocketDial({ url, token, open }: WebSocketPlace): Dial {
  return (events) => {
    const socket = open(url, ['rackside.1', ...(token === undefined ? [] : [`rackside.token.${token}`])])
    // As a blob every message would be read later than it came, and they could overtake one another.
    socket.binaryType = 'arraybuffer'
    const link = new RPCLink<StreamContext>({ websocket: socket, headers: pageHeaders })
    let over = false
    socket.addEventListener('open', () => {
      if (!over) events.opened(withFlow(link))
    })
    socket.addEventListener('close', ({ code, reason }) => {
      if (over) return
      over = true
      events.ended(code === refusedCode ? refusal(reason) : undefined)
    })
    return () => {
      over = true
      socket.close()
    }
  }
}

function refusal(reason: string): FailureOf<'window-refused'> {
  return { kind: 'window-refused', reason: reason === 'no-key' ? 'no-key' : 'wrong-key' }
}
