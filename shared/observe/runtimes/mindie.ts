// MindIE's metric names to the canonical ones (2.1 to 2.3; no prefix). Its page is empty unless the service was
// started with MIES_SERVICE_MONITOR_MODE=1.
import { known, type Reading } from '../../domain/reading.ts'
import type { MetricSample } from '../prometheus.ts'
import type { RuntimeMetrics } from './runtime-metrics.ts'
import { seriesNamed, sumOf } from './series.ts'

export function readMindie(samples: readonly MetricSample[]): RuntimeMetrics {
  return {
    running: sumOf(seriesNamed(samples, 'num_requests_running')),
    waiting: waitingWithSwapped(samples),
    generatedTokens: sumOf(seriesNamed(samples, 'generation_tokens')),
  }
}

/** A request whose memory was swapped out waits too, and is in neither of the other counts. */
function waitingWithSwapped(samples: readonly MetricSample[]): Reading<number> {
  const waiting = seriesNamed(samples, 'num_requests_waiting')
  const swapped = seriesNamed(samples, 'num_requests_swapped')
  if (waiting.state !== 'known' || swapped.state === 'absent') return sumOf(waiting)
  return sumOf(swapped.state === 'known' ? known([...waiting.value, ...swapped.value]) : swapped)
}
