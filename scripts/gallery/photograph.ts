// A picture of one scene of the gallery, once everything that it shows is there.
import type { Page } from 'playwright-core'

export type Shot = {
  readonly scene: string
  readonly lang: string
  readonly theme: string
  /** Where the picture lies afterwards. */
  readonly path: string
  /** The whole page, not what a window shows of it. */
  readonly full?: boolean
  readonly settleMs: number
}

/** Until nothing has moved for a while; a machine with other work needs longer for the same page. */
const stillness = `new Promise((resolve) => {
  const end = () => (watcher.disconnect(), clearTimeout(quiet), clearTimeout(latest), resolve())
  let quiet = setTimeout(end, 250)
  const latest = setTimeout(end, 3000)
  const watcher = new MutationObserver(() => (clearTimeout(quiet), (quiet = setTimeout(end, 250))))
  watcher.observe(document, { childList: true, subtree: true, characterData: true })
})`

/** `url`: the gallery's page. */
export async function photograph(page: Page, url: string, shot: Shot): Promise<void> {
  await page.goto(`${url}?scene=${shot.scene}&lang=${shot.lang}&theme=${shot.theme}`)
  // A screen is loaded when it is first shown.
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(`document.querySelector('.rs-loading') === null`)
  await page.waitForTimeout(shot.settleMs)
  await page.evaluate(stillness)
  await page.screenshot({ path: shot.path, fullPage: shot.full === true })
}
