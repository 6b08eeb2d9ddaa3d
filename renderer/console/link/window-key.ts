// The key of this window: a code in the fragment of the address is good for it once, and leaves the address at once.
// What stays of it in the browser's own records opens nothing; the key is in the memory of this tab alone.
import type { FailureOf } from '../../../shared/domain/failure.ts'

const kept = 'rackside.token'
/** Before each time a code is sent. */
const pausesMs = [0, 300, 1000]

export type WindowKey =
  /** Undefined: it has none, and hears whether that is enough here. */
  | { readonly ok: true; readonly token: string | undefined }
  | { readonly ok: false; readonly failure: FailureOf<'window-refused'> }

export type PageParts = {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>
  readonly history: Pick<History, 'replaceState'>
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  readonly fetch: typeof fetch
}

const codeUsed: WindowKey = { ok: false, failure: { kind: 'window-refused', reason: 'code-used' } }

const fragment = /^#code=([A-Za-z0-9_-]+)$/

export function hasWindowKey({ hash }: Pick<Location, 'hash'>): boolean {
  return fragment.test(hash)
}

function takeCode({ location, history }: PageParts): string | undefined {
  const found = fragment.exec(location.hash)
  if (found === null) return undefined
  history.replaceState(null, '', `${location.pathname}${location.search}#/`)
  return found[1]
}

/** The first part runs before anything is awaited: the address is clean when this function returns its promise. */
export async function takeWindowKey(page: PageParts): Promise<WindowKey> {
  const code = takeCode(page)
  if (code !== undefined) return exchange(page, code)
  return { ok: true, token: page.storage.getItem(kept) ?? undefined }
}

async function exchange(page: PageParts, code: string): Promise<WindowKey> {
  const response = await answerTo(page, code)
  if (response === undefined || !response.ok) return codeUsed
  const answer: unknown = await response.json().catch(() => undefined)
  return isToken(answer) ? keep(page, answer.token) : codeUsed
}

/** Asked again when no answer came: a network that changes ends every request of the browser. */
async function answerTo(page: PageParts, code: string): Promise<Response | undefined> {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  }
  for (const pauseMs of pausesMs) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    const response = await page.fetch('/session', request).catch(() => undefined)
    if (response !== undefined) return response
  }
  return undefined
}

function isToken(answer: unknown): answer is { readonly token: string } {
  return typeof answer === 'object' && answer !== null && 'token' in answer && typeof answer.token === 'string'
}

function keep({ storage }: PageParts, token: string): WindowKey {
  storage.setItem(kept, token)
  return { ok: true, token }
}
