// What an engine's own metrics say, under names that are the same for every engine. What an engine does not publish
// is absent, never 0. Counters and histograms count since its process started.
import { absent, type Reading } from '../../domain/reading.ts'
import type { Histogram } from '../histogram.ts'

export type RuntimeMetrics = {
  /** Requests being processed now, and waiting. */
  readonly running: Reading<number>
  readonly waiting: Reading<number>
  /** 0 to 1. Of several engines the fullest: it is the first whose requests wait. */
  readonly kvUse: Reading<number>
  /** Tokens of prompts (blocks, in old versions of vLLM) that were looked for in the prefix cache, and those that were there. */
  readonly prefixQueries: Reading<number>
  readonly prefixHits: Reading<number>
  /** 0 to 1, of engines that say only this. */
  readonly prefixHitRatio: Reading<number>
  readonly promptTokens: Reading<number>
  readonly generatedTokens: Reading<number>
  readonly preemptions: Reading<number>
  /** Requests that were answered, that failed, and that were given up (by whoever asked, mostly). */
  readonly finished: Reading<number>
  readonly errors: Reading<number>
  readonly aborted: Reading<number>
  /** In seconds. */
  readonly timeToFirstToken: Reading<Histogram>
  /** One observation for each request: its mean. */
  readonly timePerOutputToken: Reading<Histogram>
  /** One observation for each token. */
  readonly interTokenLatency: Reading<Histogram>
  readonly endToEnd: Reading<Histogram>
  readonly queueTime: Reading<Histogram>
}

export const nothingSaid: RuntimeMetrics = {
  ...{ running: absent, waiting: absent, kvUse: absent },
  ...{ prefixQueries: absent, prefixHits: absent, prefixHitRatio: absent },
  ...{ promptTokens: absent, generatedTokens: absent, preemptions: absent },
  ...{ finished: absent, errors: absent, aborted: absent },
  ...{ timeToFirstToken: absent, timePerOutputToken: absent, interTokenLatency: absent },
  ...{ endToEnd: absent, queueTime: absent },
}
