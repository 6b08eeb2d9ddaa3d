// MindIE's metric names to the canonical ones (2.1 to 2.3; no prefix). Its page is empty unless the service was
// started with MIES_SERVICE_MONITOR_MODE=1.
import { histogramNamed } from './histogram-series.ts'
import { nothingSaid, type RuntimeMetrics } from './runtime-metrics.ts'
import { count, largestShare, type MetricPage, withAlso } from './series.ts'

export function readMindie(page: MetricPage): RuntimeMetrics {
  return {
    ...nothingSaid,
    running: count(page, 'num_requests_running'),
    // A request whose memory was swapped out waits too, and is in neither of the other counts.
    waiting: withAlso(count(page, 'num_requests_waiting'), count(page, 'num_requests_swapped')),
    kvUse: largestShare(page, 'npu_cache_usage_perc'),
    prefixHitRatio: largestShare(page, 'npu_prefix_cache_hit_rate'),
    promptTokens: count(page, 'prompt_tokens'),
    generatedTokens: count(page, 'generation_tokens'),
    preemptions: count(page, 'num_preemptions'),
    finished: count(page, 'request_success'),
    errors: count(page, 'request_failed'),
    timeToFirstToken: histogramNamed(page, 'time_to_first_token_seconds'),
    timePerOutputToken: histogramNamed(page, 'time_per_output_token_seconds'),
    endToEnd: histogramNamed(page, 'e2e_request_latency_seconds'),
  }
}
