// Whether a page still answers while a server floods it: 50 MB of lines into an open terminal, a hundred thousand lines into
// the logs. Both scenes write their text in the page itself, so its making counts against the figures.
import type { Browser } from '../gallery/browser.ts'
import { type PageTasks, tasksOf, watchTasks } from '../gallery/page-tasks.ts'

const viewport = { width: 1280, height: 800 }
/** Until the page is there, and its own start is over. */
const startMs = 3000
const spanMs = 5000

export type Floods = { readonly terminal: PageTasks; readonly logs: PageTasks }

export async function floodsOf(browser: Browser, url: string): Promise<Floods> {
  return { terminal: await terminalFlood(browser, url), logs: await logsFlood(browser, url) }
}

/** It is open and flooded from its start on; who measures a terminal that rests already is told. */
async function terminalFlood(browser: Browser, url: string): Promise<PageTasks> {
  const page = await flooded(browser, `${url}?scene=terminal/torrent`)
  await page.locator('.xterm').waitFor()
  await page.waitForTimeout(startMs)
  const tasks = await tasksOf(page, spanMs)
  if ((await page.locator('.xterm').innerText()).includes('$')) throw new Error('the flood was over before its end')
  await page.close()
  return tasks
}

/** Away to another tab and back: the whole flood comes once more. */
async function logsFlood(browser: Browser, url: string): Promise<PageTasks> {
  const page = await flooded(browser, `${url}?scene=logs/flood`)
  await page.getByText('line 99999').waitFor()
  await page.getByRole('tab', { name: 'Overview' }).click()
  await page.waitForTimeout(startMs)
  const tasks = await tasksOf(page, spanMs, () => page.getByRole('tab', { name: 'Logs' }).click())
  await page.getByText('line 99999').waitFor()
  await page.close()
  return tasks
}

async function flooded(browser: Browser, address: string) {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce', locale: 'en-US' })
  await watchTasks(page)
  await page.goto(`${address}&lang=en&theme=light`)
  return page
}
