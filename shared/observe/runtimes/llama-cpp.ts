// llama.cpp's metric names to the canonical ones (list of build b10519). A counter may carry the suffix
// `_total`; a series that is not there stays absent.
import { absent, known, type Reading, valueOr } from '../../domain/reading.ts'
import type { MetricSample } from '../prometheus.ts'

export type RuntimeMetrics = {
  /** Requests being processed now, and waiting. */
  readonly running: Reading<number>
  readonly waiting: Reading<number>
  /** Tokens since the process started. */
  readonly promptTokens: Reading<number>
  readonly generatedTokens: Reading<number>
}

export function readLlamaCpp(samples: readonly MetricSample[]): RuntimeMetrics {
  const value = (name: string): Reading<number> => {
    const found = samples.find((s) => s.name === `llamacpp:${name}` || s.name === `llamacpp:${name}_total`)
    return found === undefined ? absent : known(found.value)
  }
  return {
    running: value('requests_processing'),
    waiting: value('requests_deferred'),
    promptTokens: value('prompt_tokens'),
    generatedTokens: value('tokens_predicted'),
  }
}

/** Requests that somebody waits for now, in work or in the queue. */
export function requestsUnderWay({ running, waiting }: RuntimeMetrics): Reading<number> {
  return running.state === 'known' ? known(running.value + valueOr(waiting, 0)) : running
}

/** The scrape counts as readable when the server's own request gauge is in it. */
export function isLlamaCppScrape(samples: readonly MetricSample[]): boolean {
  return readLlamaCpp(samples).running.state === 'known'
}
