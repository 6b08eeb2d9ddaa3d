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

/** `url`: the gallery's page. */
export async function photograph(page: Page, url: string, shot: Shot): Promise<void> {
  await page.goto(`${url}?scene=${shot.scene}&lang=${shot.lang}&theme=${shot.theme}`)
  // A screen is loaded when it is first shown.
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(`document.querySelector('.rs-loading') === null`)
  await page.waitForTimeout(shot.settleMs)
  await page.screenshot({ path: shot.path, fullPage: shot.full === true })
}
