// The gallery told markup instead of words, scene by scene: whether any of it was carried out, and that it was shown at all.
import type { Page } from 'playwright-core'
import { showScene } from './browser-gallery.ts'

/** Before any page script: what markup calls when it is carried out. */
export const countingScript = 'globalThis.carriedOut = []; globalThis.ran = (which) => void carriedOut.push(which)'

export type Findings = {
  /** Numbers of markup that was carried out. */
  readonly carriedOut: readonly number[]
  /** Elements and addresses that only markup makes. */
  readonly made: readonly string[]
  readonly exchanged: number
  /** Scenes that showed markup as text. */
  readonly shown: number
}

/** Runs in the page. */
const madeElements = `[...document.querySelectorAll(
  'script:not([src]), iframe, object, embed, base, meta[http-equiv], form[action], link[href^="http://127.0.0.1:1"], body *'
)].filter((one) => {
  const named = /^(script|iframe|object|embed|base|meta|link|form)$/i.test(one.localName)
  const handlers = one.getAttributeNames().filter((name) => name.startsWith('on'))
  const address = ['href', 'src', 'action', 'xlink:href', 'formaction'].map((name) => one.getAttribute(name) ?? '')
  const runs = address.some((text) => /^[\\s\\u0000-\\u001f]*(javascript|data:text\\/html)/i.test(text))
  // What an element of ours holds as text is none of its own.
  const own = one.cloneNode(false).outerHTML + (one.localName === 'script' ? one.textContent : '')
  return (named && /ran\\(|127\\.0\\.0\\.1:1\\//.test(own)) || handlers.length > 0 || runs
}).map((one) => one.outerHTML.slice(0, 200))`

export function madeIn(page: Page): Promise<string[]> {
  return page.evaluate(madeElements)
}

export async function findingsIn(page: Page, scenes: readonly string[]): Promise<Findings> {
  const { origin, pathname } = new URL(page.url())
  const made: string[] = []
  let shown = 0
  await page.evaluate('becomeHostile()')
  for (const scene of scenes) {
    await showScene(page, scene)
    made.push(...(await madeIn(page)).map((one) => `${scene}: ${one}`))
    const text = await page.evaluate<string>('document.body.innerText')
    if (/ran\(\d+\)/.test(text)) shown += 1
    const at = new URL(page.url())
    if (at.origin !== origin || at.pathname !== pathname) made.push(`${scene}: went to ${page.url()}`)
  }
  const [carriedOut, exchanged] = await page.evaluate<[number[], number]>('[carriedOut, exchangedTexts()]')
  return { carriedOut, made, exchanged, shown }
}
