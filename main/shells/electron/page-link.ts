// The link of one window's page: made for our page only, one at a time, and ended with the page. The page cannot
// tell who it is; Electron says who asked.

import { mayConnect } from './page-rules.ts'
import type { PagePort, Sender } from './platform-shape.ts'

export type PageLink = {
  want(sender: Sender, give: () => PagePort): void
  end(): void
}

/** `serve` answers calls on a port until the port closes. */
export function pageLink(serve: (port: PagePort) => void): PageLink {
  let current: PagePort | undefined
  const end = () => {
    current?.close()
    current = undefined
  }
  return {
    want(sender, give) {
      if (!mayConnect(sender)) return
      end()
      const port = give()
      current = port
      port.on('close', () => {
        if (current === port) current = undefined
      })
      serve(port)
    },
    end,
  }
}
