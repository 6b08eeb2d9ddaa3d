// Metric names of Text Embeddings Inference to the canonical ones (1.2 to 1.8, router/src). It has no gauge of the
// requests in work: its queue is what tells its page from another's.
import { histogramNamed } from './histogram-series.ts'
import { nothingSaid, type RuntimeMetrics } from './runtime-metrics.ts'
import { count, type MetricPage } from './series.ts'

export function readTei(page: MetricPage): RuntimeMetrics {
  return {
    ...nothingSaid,
    waiting: count(page, 'te_queue_size'),
    finished: count(page, 'te_request_success'),
    errors: count(page, 'te_request_failure'),
    endToEnd: histogramNamed(page, 'te_request_duration'),
    queueTime: histogramNamed(page, 'te_request_queue_duration'),
  }
}
