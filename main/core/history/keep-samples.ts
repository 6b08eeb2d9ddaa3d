// What a watch sees goes into the history and to the alerts: each sample at once, and now and then what the engines there
// say of themselves, over the link that the sample came by.
import type { Sample, WatchItem } from '../../../shared/domain/sample.ts'
import { servedBetween } from '../../../shared/observe/live-traffic.ts'
import { metricsSeries } from '../../../shared/observe/metrics-series.ts'
import type { RuntimeMetrics } from '../../../shared/observe/runtimes/runtime-metrics.ts'
import { devicesIn, fillSampleValues, sampleNames } from '../../../shared/observe/sample-series.ts'
import type { History, Layout } from '../../store/history/history.ts'
import { noteObservation } from '../alerts/note.ts'
import type { Core } from '../context.ts'
import type { Watch } from '../watches.ts'
import { historyKey } from './history-keeper.ts'
import { scrapeEngines } from './scrape-engines.ts'

const scrapeEveryMs = 10_000

type Keeping = {
  readonly paceSeconds: () => number
  readonly onBug: (bug: unknown) => void
}

/** For one sampling of one appliance. */
export function keepSamples(core: Core, watch: Watch, { paceSeconds, onBug }: Keeping): (item: WatchItem) => void {
  const history = core.history.open()
  const key = () => historyKey(watch.opening)
  const noteSample = sampleKeeper(history, key)
  const scraping = scrapeEngines(core, watch)
  let scrapedAt = core.tools.clock()
  let isScraping = false
  let before = new Map<string, RuntimeMetrics>()

  async function scrape(atMs: number, sinceClock: number): Promise<void> {
    const now = await scraping()
    const isBench = (deployment: string) => core.benches.isLoaded(watch.opening.address, deployment, sinceClock)
    const made = [...now].map(([deployment, metrics]) => ({
      isBench: isBench(deployment),
      values: metricsSeries(deployment, before.get(deployment), metrics),
    }))
    const values = made.flatMap((one) => one.values)
    for (const [deployment, metrics] of now) {
      const isOwn = (watch.asked.get(deployment)?.atMs ?? Number.NEGATIVE_INFINITY) >= sinceClock
      if (!isOwn && !isBench(deployment) && servedBetween(before.get(deployment), metrics))
        watch.served.set(deployment, core.tools.clock())
    }
    before = now
    if (values.length === 0) return
    const names = values.map(({ name }) => name)
    const numbers = values.map(({ value }) => value)
    history.add(history.layout(key(), names), atMs, numbers)
    // A queue of our own making is nobody's trouble.
    const ofUsers = made.flatMap((one) => (one.isBench ? [] : one.values))
    if (ofUsers.length === 0) return
    noteObservation(core, { appliance: key(), atMs, everyMs: scrapeEveryMs }, { of: 'metrics', values: ofUsers })
  }

  return (item) => {
    // Nothing more comes that would carry what is in memory to the disk.
    if (item.link === 'lost') return history.commit()
    noteSample(item.sample)
    const look = { appliance: key(), atMs: item.sample.atMs, everyMs: paceSeconds() * 1000 }
    noteObservation(core, look, { of: 'sample', sample: item.sample })
    const lastAt = scrapedAt
    if (isScraping || core.tools.clock() - lastAt < scrapeEveryMs) return
    scrapedAt = core.tools.clock()
    isScraping = true
    scrape(item.sample.atMs, lastAt)
      .catch(onBug)
      .finally(() => {
        isScraping = false
      })
  }
}

/** Nothing is made for a sample but its numbers, in one place for all of them. */
function sampleKeeper(history: History, key: () => string): (sample: Sample) => void {
  let known: { readonly devices: string; readonly key: string; readonly layout: Layout } | undefined
  let values = new Float64Array()
  return (sample) => {
    const devices = devicesIn(sample)
    if (known?.devices !== devices || known.key !== key()) {
      const names = sampleNames(sample)
      known = { devices, key: key(), layout: history.layout(key(), names) }
      values = new Float64Array(names.length)
    }
    fillSampleValues(sample, values)
    history.add(known.layout, sample.atMs, values)
  }
}
