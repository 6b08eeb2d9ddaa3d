// What a page of live charts costs the computer it is shown on: 64 series, a sample a second, in a headless browser that
// draws everything itself; beside it an empty page..
import { fileURLToPath } from 'node:url'
import { type Browser, openBrowser } from '../gallery/browser.ts'
import { openGalleryPage } from '../gallery/gallery-page.ts'
import { type Bench, type Figures, median } from './frame.ts'

type DevtoolsSession = Awaited<ReturnType<Browser['newBrowserCDPSession']>>

/** Of one core. */
const limitPercent = 25
const scene = 'observe/sixty-four'
const settleMs = 8000
const roundMs = 10_000
const rounds = 3

export const chartsBench: Bench = {
  name: 'charts',
  about: '64 live series at one sample a second: the share of a core that the page takes, against 25 %',
  targets: [
    { figure: 'series', atLeast: 64 },
    { figure: 'timesLimit', atMost: 1 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const gallery = await openGalleryPage(fileURLToPath(new URL('../..', `file://${import.meta.dirname}/`)))
  try {
    const browser = await openBrowser()
    try {
      return await figuresOf(browser, gallery.url)
    } finally {
      await browser.close()
    }
  } finally {
    gallery.close()
  }
}

async function figuresOf(browser: Browser, url: string): Promise<Figures> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  const session = await browser.newBrowserCDPSession()
  await page.goto(url)
  const idle = await shareOf(session)
  await page.goto(`${url}?scene=${scene}&lang=en&theme=light`)
  await page.locator('.rs-chart canvas').first().waitFor()
  await page.waitForTimeout(settleMs)
  const series = await page.locator('.rs-chart canvas').count()
  const shares: Share[] = []
  for (let round = 0; round < rounds; round += 1) shares.push(await shareOf(session))
  const pagePercent = median(shares.map((one) => one.pagePercent))
  return {
    series,
    pagePercent,
    timesLimit: pagePercent / limitPercent,
    browserPercent: median(shares.map((one) => one.browserPercent)),
    emptyPagePercent: idle.pagePercent,
  }
}

type Share = {
  /** Its own process, and the one that draws for it. */
  readonly pagePercent: number
  readonly browserPercent: number
}

async function shareOf(session: DevtoolsSession): Promise<Share> {
  const [before, startedMs] = [await secondsOf(session), performance.now()]
  await new Promise((resolve) => setTimeout(resolve, roundMs))
  const [after, endedMs] = [await secondsOf(session), performance.now()]
  const percent = (seconds: number) => (seconds * 100_000) / (endedMs - startedMs)
  return { pagePercent: percent(after.page - before.page), browserPercent: percent(after.all - before.all) }
}

/** Processor time so far, by kind of process. */
async function secondsOf(session: DevtoolsSession): Promise<{ readonly page: number; readonly all: number }> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sum = (types: readonly string[] | undefined) =>
    processInfo
      .filter(({ type }) => types === undefined || types.includes(type))
      .reduce((seconds, { cpuTime }) => seconds + cpuTime, 0)
  return { page: sum(['renderer', 'GPU']), all: sum(undefined) }
}
