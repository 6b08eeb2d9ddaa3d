// Xinference's metric names to the canonical ones (2.x, xinference/core/metrics.py). Its time to the first token and
// its tokens per second are gauges of the request that ended last: no measure of many, and not read.
import { known, type Reading } from '../../domain/reading.ts'
import { histogramNamed } from './histogram-series.ts'
import { nothingSaid, type RuntimeMetrics } from './runtime-metrics.ts'
import { count, type MetricPage } from './series.ts'

export function readXinference(page: MetricPage): RuntimeMetrics {
  const errors = count(page, 'xinference:model_request_errors')
  return {
    ...nothingSaid,
    running: count(page, 'xinference:model_serve_count'),
    promptTokens: count(page, 'xinference:input_tokens_total_counter'),
    generatedTokens: count(page, 'xinference:output_tokens_total_counter'),
    finished: withoutErrors(count(page, 'xinference:model_request'), errors),
    errors,
    endToEnd: histogramNamed(page, 'xinference:model_request_duration_seconds'),
  }
}

/** Its total counts those that failed as well. */
function withoutErrors(all: Reading<number>, errors: Reading<number>): Reading<number> {
  if (all.state !== 'known' || errors.state === 'absent') return all
  return errors.state === 'known' ? known(Math.max(0, all.value - errors.value)) : errors
}
