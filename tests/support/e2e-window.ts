// A browser window on a console, as the tests of whole journeys use it: one size, one language to begin with, and
// everything it complains about is kept.
import type { Browser, Page, Request } from 'playwright-core'
import { type PageWatch, watchPage } from './browser-watch.ts'
import { sizes } from './screenshots.ts'

export interface ConsoleWindow {
  readonly page: Page
  readonly watch: PageWatch
}

/** Long enough for a login on a busy machine, short enough to say soon what did not come. */
const patienceMilliseconds = 30_000

/** In a context of its own: nothing is kept from an earlier window. `address` may carry a key or a code; `session`: of whoever is signed in there already. */
export async function openConsoleWindow(
  browser: Browser,
  address: string,
  { session }: { readonly session?: string } = {},
): Promise<ConsoleWindow> {
  // A browser without a language of the machine's names one that Intl refuses ("en-US@posix").
  const context = await browser.newContext({ viewport: sizes[0], locale: 'en-US', reducedMotion: 'reduce' })
  if (session !== undefined) {
    await context.addInitScript(`sessionStorage.setItem('rackside.session', ${JSON.stringify(session)})`)
  }
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMilliseconds)
  const watch = watchPage(page, new URL(address).origin)
  const asked = askedBy(page)
  await page.goto(address)
  // The frame stands there before the page hears of a change of its address; the screen's title comes last.
  await page
    .locator('main.rs-content h1')
    .first()
    .waitFor()
    .catch(async (error: Error) => {
      const said = [`no console at ${page.url()}: "${await page.locator('body').innerText()}"`, ...watch.complaints()]
      throw new Error([...said, ...asked()].join('\n'), { cause: error })
    })
  return { page, watch }
}

/** What this page asked for so far, and how far each got. */
function askedBy(page: Page): () => string[] {
  const asked = new Map<Request, string>()
  page.on('request', (request) => asked.set(request, 'no answer'))
  page.on('requestfinished', (request) => asked.set(request, 'answered'))
  page.on('requestfailed', (request) => asked.set(request, request.failure()?.errorText ?? 'failed'))
  return () => [...asked].map(([request, end]) => `${request.method()} ${request.url()}: ${end}`)
}

/** An address within the page, as if its link had been followed: the window stays the same. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(`#${path}`)}`)
}
