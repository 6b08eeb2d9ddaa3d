// What a page of this shell may reach and do, decided over plain values: its own files, its own address, and
// writing text to the clipboard. Everything else is denied, links to the outside included.

export const pageScheme = 'rackside'
const pageOrigin = `${pageScheme}://app`
export const pageAddress = `${pageOrigin}/`

/** Only the page's own files: the window makes no network connection at all. */
export function mayRequest(url: string): boolean {
  const at = parsed(url)
  return at !== undefined && isOurs(at)
}

/** Where the main frame may go: the page itself, so that it can be reloaded. */
export function mayOpen(url: string): boolean {
  const at = parsed(url)
  return at !== undefined && isOurs(at) && at.pathname === '/'
}

export function mayUse(permission: string): boolean {
  return permission === 'clipboard-sanitized-write'
}

/** The link is for the main frame of one of our windows while our page is in it. */
export function mayConnect(sender: { readonly mainFrame: boolean; readonly url: string }): boolean {
  return sender.mainFrame && mayOpen(sender.url)
}

function isOurs(at: URL): boolean {
  return at.protocol === `${pageScheme}:` && at.host === 'app' && at.username === '' && at.password === ''
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined
}
