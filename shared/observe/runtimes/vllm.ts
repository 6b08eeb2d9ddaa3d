// vLLM's metric names to the canonical ones, vLLM-Ascend's too (the same from 0.8 to 0.32). One series for each
// data-parallel engine, told apart by the label `engine`; older versions have no such label.
import type { MetricSample } from '../prometheus.ts'
import type { RuntimeMetrics } from './runtime-metrics.ts'
import { seriesNamed, sumOf } from './series.ts'

export function readVllm(samples: readonly MetricSample[]): RuntimeMetrics {
  return {
    running: sumOf(seriesNamed(samples, 'vllm:num_requests_running')),
    waiting: sumOf(seriesNamed(samples, 'vllm:num_requests_waiting')),
    generatedTokens: sumOf(seriesNamed(samples, 'vllm:generation_tokens')),
  }
}
