// A part of the page that did not come: the page is loaded anew, a few times, and then the failure is told.
import { describe, expect, it } from 'vitest'
import { type LoadedPage, pagePart } from '../../../../renderer/app/page-part.ts'

function windowAt(start: number) {
  const stored = new Map<string, string>()
  const loads: number[] = []
  let now = start
  const page: LoadedPage = {
    storage: {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => void stored.set(name, value),
    },
    nowMs: () => now,
    loadAnew: (afterMs) => void loads.push(afterMs),
  }
  return { page, loads, pass: (ms: number) => (now += ms) }
}

const changed = new TypeError('Failed to fetch dynamically imported module')
const broken = () => Promise.reject(changed)

/** "waits": the page is about to be loaded anew, and nobody hears of the failure. */
function outcome(part: Promise<unknown>): Promise<unknown> {
  const soon = new Promise((resolve) => setTimeout(() => resolve('waits'), 5))
  return Promise.race([part.catch((error) => error), soon])
}

describe('a part of the page', () => {
  it('is what was loaded', async () => {
    const { page, loads } = windowAt(1e12)
    expect(await pagePart(async () => 'screen', page)).toBe('screen')
    expect(loads).toEqual([])
  })

  it('is asked for by loading the page anew, with longer pauses, and after three of them told as failed', async () => {
    const { page, loads } = windowAt(1e12)
    for (const before of [[300], [300, 1000], [300, 1000, 3000]]) {
      expect(await outcome(pagePart(broken, page))).toBe('waits')
      expect(loads).toEqual(before)
    }
    expect(await outcome(pagePart(broken, page))).toBe(changed)
    expect(loads).toHaveLength(3)
  })

  it('forgets failures of half a minute ago, and those of a clock that was set back', async () => {
    const { page, loads, pass } = windowAt(1e12)
    await outcome(pagePart(broken, page))
    pass(30_000)
    await outcome(pagePart(broken, page))
    pass(-60_000)
    await outcome(pagePart(broken, page))
    expect(loads).toEqual([300, 300, 300])
  })

  it('reads whatever stands in the storage of the window', async () => {
    const { page, loads } = windowAt(1e12)
    page.storage.setItem('rackside.loads', 'NaN x 1e400 -1')
    await outcome(pagePart(broken, page))
    expect(loads).toEqual([300])
  })
})
