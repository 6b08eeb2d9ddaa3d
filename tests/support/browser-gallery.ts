// The gallery in a browser, scene by scene on one page, each looked at once it stands still.
import type { Page } from 'playwright-core'

/** Ends once the page has stood still for a moment; what is never still is looked at as it is. */
const stillness = `new Promise((resolve) => {
  const end = () => (watcher.disconnect(), clearTimeout(quiet), clearTimeout(latest), resolve())
  let quiet = setTimeout(end, 60)
  const latest = setTimeout(end, 400)
  const watcher = new MutationObserver(() => (clearTimeout(quiet), (quiet = setTimeout(end, 60))))
  watcher.observe(document, { childList: true, subtree: true, characterData: true, attributes: true })
})`

/** Of a page that was opened without a scene. */
export async function sceneNames(page: Page): Promise<string[]> {
  const names = await page.locator('[data-scenes]').getAttribute('data-scenes')
  return (names ?? '').split(' ').filter((name) => name !== '')
}

export async function showScene(page: Page, name: string): Promise<void> {
  // Its language may be still to come. Asked again by hand: under the policy of a window nobody polls by eval.
  while (!(await page.evaluate(`typeof showScene === 'function'`))) await page.waitForTimeout(20)
  await page.evaluate(`showScene('${name}')`)
  await page.locator('#root > *').first().waitFor()
  await page.evaluate('document.fonts.ready.then(() => undefined)')
  await page.evaluate(stillness)
}
