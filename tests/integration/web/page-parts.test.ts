// The page in a browser whose requests end half way, as they do when its network changes: nobody is left with an
// empty window.
import type { Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { english } from '../../../renderer/i18n/english.ts'
import { atWebShell } from '../../support/e2e-at-web-shell.ts'

describe('a page whose parts do not come', { timeout: 60_000 }, () => {
  const at = atWebShell()

  async function emptyWindow(): Promise<Page> {
    const context = await at().browser.newContext({ locale: 'en-US' })
    onTestFinished(() => context.close())
    return context.newPage()
  }

  const board = (page: Page) => page.locator('main.rs-content h1').first().waitFor({ timeout: 15_000 })

  it.each([
    ['a script of the frame', /\/assets\/main-.*\.js/],
    ['the styles', /\/assets\/.*\.css/],
  ])('is whole after all when %s failed twice', async (_case, address) => {
    const page = await emptyWindow()
    const ended = await failing(page, address, 2)
    await page.goto(at().shell.url)
    await board(page)
    expect(ended()).toBe(2)
  })

  it('is let in when the network changed while its code was exchanged', async () => {
    const page = await emptyWindow()
    const ended = await failing(page, /\/session$/, 1)
    await page.goto(at().shell.url)
    await board(page)
    expect(ended()).toBe(1)
  })

  it('shows a screen that did not come at the first time', async () => {
    const page = await emptyWindow()
    await page.goto(at().shell.url)
    await board(page)
    const ended = await failing(page, /\/assets\/settings-screen.*\.js/, 1)
    await page.evaluate(`location.hash = '#/settings'`)
    await page.getByText(english.settings.openWindow).waitFor({ timeout: 15_000 })
    expect(ended()).toBe(1)
  })

  it('says what to do, in both languages, when nothing comes', async () => {
    const page = await emptyWindow()
    await failing(page, /\/assets\//, Number.POSITIVE_INFINITY)
    await page.goto(at().shell.url)
    await page.getByText('Load it again').waitFor({ timeout: 15_000 })
    expect(await page.getByText('请重新加载').isVisible()).toBe(true)
    expect(page.url()).toContain('#code=')
  })
})

/** The first so many requests to these addresses end as they do when the network changes; how many did so far. */
async function failing(page: Page, address: RegExp, times: number): Promise<() => number> {
  let ended = 0
  await page.route(address, (route) => {
    if (ended >= times) return route.continue()
    ended += 1
    return route.abort('internetdisconnected')
  })
  return () => ended
}
