// Parts of the page that come after it. A browser whose network changes (a VPN begins, a cable is pulled) ends every
// request it has open, also those to this computer: then the page is loaded anew. Its address and its key stay.

const kept = 'rackside.loads'
const pausesMs = [300, 1000, 3000]
/** What failed longer ago has nothing to do with this. */
const seriesMs = 30_000

export type LoadedPage = {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>
  readonly nowMs: () => number
  /** The page ends by it. */
  readonly loadAnew: (afterMs: number) => void
}

const thisPage = (): LoadedPage => ({
  storage: sessionStorage,
  nowMs: () => Date.now(),
  loadAnew: (afterMs) => void setTimeout(() => location.reload(), afterMs),
})

/** Rejects only when the part did not come after several loads of the page; until then it is waited for. */
export async function pagePart<Part>(load: () => Promise<Part>, page = thisPage()): Promise<Part> {
  try {
    return await load()
  } catch (error) {
    const failures = [...recentFailures(page), page.nowMs()]
    const pauseMs = pausesMs[failures.length - 1]
    if (pauseMs === undefined) throw error
    page.storage.setItem(kept, failures.join(' '))
    page.loadAnew(pauseMs)
    return new Promise(() => undefined)
  }
}

/** Times in milliseconds. */
function recentFailures({ storage, nowMs }: LoadedPage): readonly number[] {
  const times = (storage.getItem(kept) ?? '').split(' ').map(Number)
  return times.filter((time) => time > nowMs() - seriesMs && time <= nowMs())
}
