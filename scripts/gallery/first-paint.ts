// When a page shows its first words to somebody who opens it for the first time: nothing of it is kept in the browser.
import type { Browser } from 'playwright-core'

export type FirstPaint = {
  /** Until anything stands there, as the browser itself notes it. */
  readonly paintMs: number
  /** Until the text that was waited for is seen. */
  readonly seenMs: number
  /** Of everything that was fetched until then, as it went over the wire. */
  readonly bytes: number
  readonly files: number
}

export async function firstPaintOf(browser: Browser, url: string, selector: string): Promise<FirstPaint> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
  try {
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'commit' })
    await page.waitForSelector(selector)
    const seenMs = await page.evaluate(() => performance.now())
    return await page.evaluate((seen) => {
      const fetched = performance.getEntries().filter(({ entryType }) => /^(?:navigation|resource)$/.test(entryType))
      const sizes = fetched.map((one) => ('transferSize' in one ? Number(one.transferSize) : 0))
      const paint = performance.getEntriesByName('first-contentful-paint')[0]
      return {
        paintMs: paint?.startTime ?? Number.NaN,
        seenMs: seen,
        bytes: sizes.reduce((sum, one) => sum + one, 0),
        files: fetched.length,
      }
    }, seenMs)
  } finally {
    await context.close()
  }
}
