// How long a page keeps its person waiting: the longest task of its program, and how far its parts moved by themselves.
import type { Page } from 'playwright-core'

export type PageTasks = {
  /** 0 where no task took 50 ms or more: the browser notes no shorter ones. */
  readonly longestMs: number
  /** Cumulative layout shift; what follows within half a second of a press does not count. */
  readonly shift: number
}

/** Has to be there before the page is. */
const watcher = `
  window.pageTasks = { longestMs: 0, shift: 0 }
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) pageTasks.longestMs = Math.max(pageTasks.longestMs, one.duration)
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) pageTasks.shift += one.value
  }).observe({ type: 'layout-shift', buffered: true })
`

export async function watchTasks(page: Page): Promise<void> {
  await page.addInitScript(watcher)
}

/** Of what follows from now on, for so long. */
export async function tasksOf(page: Page, spanMs: number, act?: () => Promise<void>): Promise<PageTasks> {
  await page.evaluate('Object.assign(pageTasks, { longestMs: 0, shift: 0 })')
  await act?.()
  await page.waitForTimeout(spanMs)
  return (await page.evaluate('({ ...pageTasks })')) as PageTasks
}
