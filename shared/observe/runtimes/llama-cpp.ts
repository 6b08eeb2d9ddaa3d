// llama.cpp's metric names to the canonical ones (list of build b10519). It has no histograms: of the time between
// tokens it says the sum, so a mean is all there is. kv_cache_usage_ratio went away in 2025.
import { absent } from '../../domain/reading.ts'
import { onlyMean } from './histogram-series.ts'
import { nothingSaid, type RuntimeMetrics } from './runtime-metrics.ts'
import { count, largestShare, type MetricPage, withAlso } from './series.ts'

export function readLlamaCpp(page: MetricPage): RuntimeMetrics {
  const computed = count(page, 'llamacpp:prompt_tokens')
  const cached = count(page, 'llamacpp:prompt_tokens_cached')
  const generatedTokens = count(page, 'llamacpp:tokens_predicted')
  // Where the cached ones are told, the others are without them.
  const promptTokens = withAlso(computed, cached)
  return {
    ...nothingSaid,
    running: count(page, 'llamacpp:requests_processing'),
    waiting: count(page, 'llamacpp:requests_deferred'),
    kvUse: largestShare(page, 'llamacpp:kv_cache_usage_ratio'),
    prefixQueries: cached.state === 'known' ? promptTokens : absent,
    prefixHits: cached,
    promptTokens,
    generatedTokens,
    interTokenLatency: onlyMean(count(page, 'llamacpp:tokens_predicted_seconds'), generatedTokens),
  }
}
