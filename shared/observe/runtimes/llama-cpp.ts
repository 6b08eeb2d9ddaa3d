// llama.cpp's metric names to the canonical ones (list of build b10519).
import type { MetricSample } from '../prometheus.ts'
import type { RuntimeMetrics } from './runtime-metrics.ts'
import { seriesNamed, sumOf } from './series.ts'

export function readLlamaCpp(samples: readonly MetricSample[]): RuntimeMetrics {
  return {
    running: sumOf(seriesNamed(samples, 'llamacpp:requests_processing')),
    waiting: sumOf(seriesNamed(samples, 'llamacpp:requests_deferred')),
    generatedTokens: sumOf(seriesNamed(samples, 'llamacpp:tokens_predicted')),
  }
}
