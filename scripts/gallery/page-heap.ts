// How much memory the program of a page holds.
import type { Page } from 'playwright-core'

/** Asks for the bytes in use, each time after what nobody holds any more was collected. */
export async function heapOf(page: Page): Promise<() => Promise<number>> {
  const tools = await page.context().newCDPSession(page)
  await tools.send('Performance.enable')
  return async () => {
    await tools.send('HeapProfiler.collectGarbage')
    const { metrics } = await tools.send('Performance.getMetrics')
    const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')
    if (heap === undefined) throw new Error('the browser does not say how large the heap of a page is')
    return heap.value
  }
}
