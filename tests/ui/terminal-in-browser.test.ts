// @vitest-environment node
// The terminal of the page in a real browser, told every sequence that is known to do harm, each cut in the middle: what is
// around it, the clipboard, the title and the address stay as they were (P45).
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { showScene } from '../support/browser-gallery.ts'
import { watchPage } from '../support/browser-watch.ts'
import { inGallery } from '../support/open-gallery.ts'

const around = `(() => {
  const copy = document.documentElement.cloneNode(true)
  for (const one of copy.querySelectorAll('.xterm, style, [data-testid=terminal-state]')) one.remove()
  return copy.outerHTML.replace(/\\s(?:id|aria-controls|aria-labelledby|style|class)="[^"]*"/g, '')
})()`

type Seen = { readonly title: string; readonly clipboard: string; readonly around: string; readonly pages: number }

async function seen(page: Page): Promise<Seen> {
  const [title, clipboard, html] = await Promise.all([
    page.title(),
    page.evaluate<string>('navigator.clipboard.readText()'),
    page.evaluate<string>(around),
  ])
  return { title, clipboard, around: html, pages: page.context().pages().length }
}

const { gallery, browser } = inGallery()

it('leaves everything around it as it was, whatever an appliance sends', { timeout: 120_000 }, async () => {
  const { origin } = new URL(gallery().url)
  const context = await browser().newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    locale: 'en-US',
  })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
  const page = await context.newPage()
  const watch = watchPage(page, origin)
  await page.goto(`${gallery().url}?lang=en&theme=light`)
  await page.evaluate("navigator.clipboard.writeText('as it was')")
  await showScene(page, 'terminal/open')
  await page.locator('.xterm-rows').getByText('davinci8').waitFor()
  const before = await seen(page)
  expect(before).toMatchObject({ clipboard: 'as it was', pages: 1 })
  await showScene(page, 'terminal/sequences')
  await page.locator('.xterm-rows').getByText('all of them came').waitFor()
  expect(await seen(page)).toEqual(before)
  expect(new URL(page.url()).origin).toBe(origin)
  expect(watch.complaints()).toEqual([])
})
