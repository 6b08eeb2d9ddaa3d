// TensorRT-LLM's metric names to the canonical ones (trtllm-serve, tensorrt_llm/metrics/collector.py). Its
// num_paused_requests is a gauge of now, not a count of preemptions.
import { histogramNamed } from './histogram-series.ts'
import { nothingSaid, type RuntimeMetrics } from './runtime-metrics.ts'
import { count, largestShare, type MetricPage } from './series.ts'

export function readTensorrtLlm(page: MetricPage): RuntimeMetrics {
  return {
    ...nothingSaid,
    running: count(page, 'trtllm_num_requests_running'),
    waiting: count(page, 'trtllm_num_requests_waiting'),
    kvUse: largestShare(page, 'trtllm_kv_cache_utilization'),
    prefixHitRatio: largestShare(page, 'trtllm_kv_cache_hit_rate'),
    promptTokens: count(page, 'trtllm_prompt_tokens'),
    generatedTokens: count(page, 'trtllm_generation_tokens'),
    finished: count(page, 'trtllm_request_success'),
    errors: count(page, 'trtllm_request_error'),
    timeToFirstToken: histogramNamed(page, 'trtllm_time_to_first_token_seconds'),
    timePerOutputToken: histogramNamed(page, 'trtllm_time_per_output_token_seconds'),
    endToEnd: histogramNamed(page, 'trtllm_e2e_request_latency_seconds'),
    queueTime: histogramNamed(page, 'trtllm_request_queue_time_seconds'),
  }
}
