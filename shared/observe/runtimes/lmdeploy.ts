// LMDeploy's metric names to the canonical ones (0.16, lmdeploy/metrics/loggers.py).
import { histogramNamed } from './histogram-series.ts'
import { nothingSaid, type RuntimeMetrics } from './runtime-metrics.ts'
import { count, largestShare, type MetricPage, withAlso } from './series.ts'

export function readLmdeploy(page: MetricPage): RuntimeMetrics {
  return {
    ...nothingSaid,
    running: count(page, 'lmdeploy:num_requests_running'),
    // Its HTTP server has a queue of its own in front of the engine's.
    waiting: withAlso(count(page, 'lmdeploy:num_requests_waiting'), count(page, 'lmdeploy:num_api_requests_waiting')),
    kvUse: largestShare(page, 'lmdeploy:gpu_cache_usage_perc'),
    prefixHitRatio: largestShare(page, 'lmdeploy:prefix_cache_hit_rate'),
    promptTokens: count(page, 'lmdeploy:prompt_tokens'),
    generatedTokens: count(page, 'lmdeploy:generation_tokens'),
    finished: count(page, 'lmdeploy:request_success', 'lmdeploy:num_requests_succeeded'),
    errors: count(page, 'lmdeploy:num_requests_failed'),
    timeToFirstToken: histogramNamed(page, 'lmdeploy:time_to_first_token_seconds'),
    timePerOutputToken: histogramNamed(page, 'lmdeploy:time_per_output_token_seconds'),
    // Without a unit in its name; in seconds like the others.
    interTokenLatency: histogramNamed(page, 'lmdeploy:iter_token_latency'),
    endToEnd: histogramNamed(page, 'lmdeploy:e2e_request_latency_seconds'),
    queueTime: histogramNamed(page, 'lmdeploy:request_queue_time_seconds'),
  }
}
