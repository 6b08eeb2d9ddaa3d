// What the face costs whoever looks at it: first words and first answer over the real web shell, the scripts of the first
// screen, tasks and shifts while 64 live series run and while a server floods it; beside
// React and antd with one table, in the same run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Browser, openBrowser } from '../gallery/browser.ts'
import { openGalleryPage } from '../gallery/gallery-page.ts'
import { type PageTasks, tasksOf, watchTasks } from '../gallery/page-tasks.ts'
import { openBarePage } from './bare-page.ts'
import { type Floods, floodsOf } from './flood.ts'
import { type Bench, type Figures, median } from './frame.ts'
import { startMeasuredShell } from './web-shell.ts'

const rounds = 5
const liveMs = 30_000
const settleMs = 5000
const viewport = { width: 1280, height: 800 }

export const uiBench: Bench = {
  name: 'ui',
  about: 'the page of the web shell and 64 live series, beside React and antd with one table of 64 rows',
  targets: [
    { figure: 'paintMs', atMost: 1000 },
    { figure: 'interactiveMs', atMost: 2000 },
    { figure: 'scriptGzipKilobytes', atMost: 450 },
    { figure: 'series', atLeast: 64 },
    { figure: 'liveTaskMs', atMost: 100 },
    { figure: 'tabTaskMs', atMost: 100 },
    { figure: 'liveShift', atMost: 0 },
    { figure: 'terminalFloodTaskMs', atMost: 100 },
    { figure: 'logsFloodTaskMs', atMost: 100 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const root = fileURLToPath(new URL('../..', `file://${import.meta.dirname}/`))
  const home = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const [browser, bare, gallery] = [await openBrowser(), await openBarePage(root), await openGalleryPage(root)]
  const shell = await startMeasuredShell(home)
  try {
    const [board, table] = [await loadsOf(browser, shell.url), await loadsOf(browser, bare.url)]
    const live = await liveOf(browser, gallery.url)
    const [bareLive, floods] = [await bareLiveOf(browser, bare.url), await floodsOf(browser, gallery.url)]
    return figuresOf({ board, table, live, bareLive, floods })
  } finally {
    await shell.end()
    for (const one of [bare, gallery]) one.close()
    await browser.close()
    rmSync(home, { recursive: true, force: true })
  }
}

type Load = {
  readonly paintMs: number
  readonly interactiveMs: number
  readonly gzipBytes: number
  readonly loadTaskMs: number
}

async function loadsOf(browser: Browser, url: string): Promise<Load> {
  const all: Load[] = []
  for (let round = 0; round < rounds; round += 1) all.push(await loadOf(browser, url))
  const of = (figure: keyof Load) => median(all.map((one) => one[figure]))
  return {
    ...{ paintMs: of('paintMs'), interactiveMs: of('interactiveMs') },
    ...{ gzipBytes: of('gzipBytes'), loadTaskMs: of('loadTaskMs') },
  }
}

/** In a browser that has nothing of it yet. It answers once its words are there and its program rests. */
async function loadOf(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({ viewport, locale: 'en-US' })
  try {
    const page = await context.newPage()
    await watchTasks(page)
    const scripts: Promise<Buffer>[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body())
    })
    await page.goto(url, { waitUntil: 'commit' })
    await page.waitForSelector('h1')
    const interactiveMs = await page.evaluate(
      'new Promise((resolve) => requestIdleCallback(() => resolve(performance.now())))',
    )
    const paintMs = await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0]?.startTime')
    const { longestMs } = (await page.evaluate('({ ...pageTasks })')) as PageTasks
    const bodies = await Promise.all(scripts)
    const gzipBytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
    return { paintMs: Number(paintMs), interactiveMs: Number(interactiveMs), gzipBytes, loadTaskMs: longestMs }
  } finally {
    await context.close()
  }
}

type Live = { readonly series: number; readonly live: PageTasks; readonly tab: PageTasks }

/** While a sample a second comes; then away to another tab of the appliance and back. */
async function liveOf(browser: Browser, url: string): Promise<Live> {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce', locale: 'en-US' })
  await watchTasks(page)
  await page.goto(`${url}?scene=observe/sixty-four&lang=en&theme=light`)
  await page.locator('.rs-chart canvas').first().waitFor()
  await page.waitForTimeout(settleMs)
  const series = await page.locator('.rs-chart canvas').count()
  const live = await tasksOf(page, liveMs)
  await page.getByRole('tab', { name: 'Hardware' }).click()
  await page.waitForTimeout(settleMs)
  const tab = await tasksOf(page, settleMs, () => page.getByRole('tab', { name: 'Monitor' }).click())
  await page.close()
  return { series, live, tab }
}

async function bareLiveOf(browser: Browser, url: string): Promise<PageTasks> {
  const page = await browser.newPage({ viewport, locale: 'en-US' })
  await watchTasks(page)
  await page.goto(url)
  await page.locator('h1').waitFor()
  await page.waitForTimeout(settleMs)
  const tasks = await tasksOf(page, settleMs * 2)
  await page.close()
  return tasks
}

type All = {
  readonly board: Load
  readonly table: Load
  readonly live: Live
  readonly bareLive: PageTasks
  readonly floods: Floods
}

function figuresOf({ board, table, live, bareLive, floods }: All): Figures {
  return {
    ...{ paintMs: board.paintMs, barePaintMs: table.paintMs, paintTimesBare: board.paintMs / table.paintMs },
    interactiveMs: board.interactiveMs,
    ...{ bareInteractiveMs: table.interactiveMs, interactiveTimesBare: board.interactiveMs / table.interactiveMs },
    scriptGzipKilobytes: board.gzipBytes / 1000,
    ...{ bareScriptGzipKilobytes: table.gzipBytes / 1000, scriptTimesBare: board.gzipBytes / table.gzipBytes },
    ...{ loadTaskMs: board.loadTaskMs, bareLoadTaskMs: table.loadTaskMs },
    series: live.series,
    ...{ liveTaskMs: live.live.longestMs, bareLiveTaskMs: bareLive.longestMs, tabTaskMs: live.tab.longestMs },
    ...{ liveShift: live.live.shift, tabShift: live.tab.shift },
    ...{ terminalFloodTaskMs: floods.terminal.longestMs, logsFloodTaskMs: floods.logs.longestMs },
  }
}
