// What the numbers of a series mean, by the last word of its name: whoever stores them, draws them or exports them
// reads the same.
import type { SeriesKind, SeriesUnit } from './history.ts'

export type SeriesMeaning = { readonly kind: SeriesKind; readonly unit: SeriesUnit }

const gauge = (unit: SeriesUnit): SeriesMeaning => ({ kind: 'gauge', unit })
const increase: SeriesMeaning = { kind: 'increase', unit: 'count' }

const meanings: { readonly [name: string]: SeriesMeaning } = {
  ...{ cpu: gauge('percent'), utilization: gauge('percent'), temperature: gauge('celsius'), power: gauge('watts') },
  ...{ 'memory-used': gauge('bytes'), 'memory-total': gauge('bytes'), health: { kind: 'state', unit: 'health' } },
  ...{ load: gauge('count'), 'swap-used': gauge('bytes'), 'swap-total': gauge('bytes') },
  ...{ 'network-received': gauge('bytes-per-second'), 'network-sent': gauge('bytes-per-second') },
  ...{
    'disk-read': gauge('bytes-per-second'),
    'disk-written': gauge('bytes-per-second'),
    'disk-busy': gauge('percent'),
  },
  ...{ used: gauge('bytes'), total: gauge('bytes') },
  ...{ running: gauge('count'), waiting: gauge('count'), 'kv-use': gauge('ratio'), 'prefix-hit-ratio': gauge('ratio') },
  ...{ 'prefix-queries': increase, 'prefix-hits': increase, 'prompt-tokens': increase, 'generated-tokens': increase },
  ...{ preemptions: increase, finished: increase, errors: increase, aborted: increase, count: increase },
  ...{ sum: { kind: 'increase', unit: 'seconds' } },
}

/** "le=0.5" and "le=inf": how many observations fell into that bucket of a histogram. */
export function meaningOf(name: string): SeriesMeaning {
  const word = name.slice(name.lastIndexOf('/') + 1)
  if (word.startsWith('le=')) return increase
  return meanings[word] ?? gauge('count')
}

/** While nobody watches, the sampler measures every five seconds, engines are asked every ten, and filesystems seldom. */
export function expectedEveryMs(name: string): number {
  if (name.startsWith('filesystem/')) return 65_000
  return name.startsWith('inference/') ? 10_000 : 5000
}
