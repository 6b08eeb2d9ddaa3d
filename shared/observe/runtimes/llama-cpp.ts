// llama.cpp's metric names to the canonical ones (list of build b10519). A counter may carry the suffix
// `_total`; a series that is not there stays absent.
import { absent, known, type Reading } from '../../domain/reading.ts'
import type { MetricSample } from '../prometheus.ts'
import type { RuntimeMetrics } from './runtime-metrics.ts'

export function readLlamaCpp(samples: readonly MetricSample[]): RuntimeMetrics {
  const value = (name: string): Reading<number> => {
    const found = samples.find((s) => s.name === `llamacpp:${name}` || s.name === `llamacpp:${name}_total`)
    return found === undefined ? absent : known(found.value)
  }
  return {
    running: value('requests_processing'),
    waiting: value('requests_deferred'),
    generatedTokens: value('tokens_predicted'),
  }
}
