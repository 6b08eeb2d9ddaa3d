// vLLM's metric names to the canonical ones, vLLM-Ascend's too (0.6 to 0.32, both of its engines). One series for each
// data-parallel engine, told apart by the label `engine`; older versions have no such label. Version 0 also had
// gpu_prefix_cache_hit_rate, a mean since the start that is -1 when it is off: not read.
import { histogramNamed } from './histogram-series.ts'
import type { RuntimeMetrics } from './runtime-metrics.ts'
import { count, countWhere, largestShare, type MetricPage, withAlso } from './series.ts'

export function readVllm(page: MetricPage): RuntimeMetrics {
  const ended = (...reasons: readonly string[]) =>
    countWhere(page, 'vllm:request_success', (labels) => reasons.includes(labels.get('finished_reason') ?? ''))
  return {
    running: count(page, 'vllm:num_requests_running'),
    waiting: count(page, 'vllm:num_requests_waiting'),
    // Renamed in 0.9.2.
    kvUse: largestShare(page, 'vllm:kv_cache_usage_perc', 'vllm:gpu_cache_usage_perc'),
    prefixQueries: count(page, 'vllm:prefix_cache_queries', 'vllm:gpu_prefix_cache_queries'),
    prefixHits: count(page, 'vllm:prefix_cache_hits', 'vllm:gpu_prefix_cache_hits'),
    prefixHitRatio: { state: 'absent' },
    promptTokens: count(page, 'vllm:prompt_tokens'),
    generatedTokens: count(page, 'vllm:generation_tokens'),
    preemptions: count(page, 'vllm:num_preemptions'),
    finished: countWhere(page, 'vllm:request_success', (labels) => !isFailure(labels.get('finished_reason'))),
    // Turned away since 0.32 where the queue has a limit.
    errors: withAlso(ended('error'), count(page, 'vllm:admission_rejections')),
    aborted: ended('abort'),
    timeToFirstToken: histogramNamed(page, 'vllm:time_to_first_token_seconds'),
    timePerOutputToken: histogramNamed(page, 'vllm:request_time_per_output_token_seconds'),
    // Before 0.11 it had the other name, and was one observation for each token as well.
    interTokenLatency: histogramNamed(page, 'vllm:inter_token_latency_seconds', 'vllm:time_per_output_token_seconds'),
    endToEnd: histogramNamed(page, 'vllm:e2e_request_latency_seconds'),
    queueTime: histogramNamed(page, 'vllm:request_queue_time_seconds'),
  }
}

function isFailure(reason: string | undefined): boolean {
  return reason === 'error' || reason === 'abort'
}
