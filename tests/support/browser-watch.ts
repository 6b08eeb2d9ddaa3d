// What a page complains about while a test uses it: console errors (a violated content policy is one),
// exceptions nobody caught, and requests that leave the console's own origin. A test ends by finding none.
import type { Page } from 'playwright-core'

export interface PageWatch {
  /** From now on complaints like this are what the test itself provoked. */
  expectComplaint(pattern: RegExp): void
  /** All so far that nobody expected. */
  complaints(): readonly string[]
}

/** `origin`: the only place this page may talk to, as http and as WebSocket. */
export function watchPage(page: Page, origin: string): PageWatch {
  const complaints: string[] = []
  const expected: RegExp[] = []
  const complain = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text)
  }
  page.on('console', (message) => {
    // Appliances of the lab come and go: each one changes the network of this machine, and the browser says so.
    if (message.type() === 'error' && !message.text().includes('ERR_NETWORK_CHANGED'))
      complain(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complain(`exception: ${error.message}`))
  page.on('request', (request) => {
    if (!isInside(request.url(), origin)) complain(`request to ${request.url()}`)
  })
  page.on('websocket', (socket) => {
    if (!isInside(socket.url().replace(/^ws/, 'http'), origin)) complain(`WebSocket to ${socket.url()}`)
  })
  return {
    expectComplaint: (pattern) => void expected.push(pattern),
    complaints: () => complaints,
  }
}

function isInside(url: string, origin: string): boolean {
  const { protocol, host } = new URL(url)
  return ['data:', 'blob:', 'about:'].includes(protocol) || `${protocol}//${host}` === origin
}
