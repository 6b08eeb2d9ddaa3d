// SGLang's metric names to the canonical ones (0.4 to 0.5.18). Its gauges come from its schedulers, and not every
// series of theirs counts other requests: metrics_collector.py writes the total with an empty `priority` beside one
// series for each priority, and the ranks that share one model each report the requests they work on together.
import { known, type Reading } from '../../domain/reading.ts'
import type { MetricSample } from '../prometheus.ts'
import type { RuntimeMetrics } from './runtime-metrics.ts'
import { labelsWithout, type Series, seriesNamed, sumOf } from './series.ts'

/** Not `dp_rank`: data-parallel ranks have requests of their own. */
const ranksOfOneModel = ['tp_rank', 'pp_rank', 'moe_ep_rank']

export function readSglang(samples: readonly MetricSample[]): RuntimeMetrics {
  return {
    running: sumOf(requestsOnce(seriesNamed(samples, 'sglang:num_running_reqs'))),
    waiting: sumOf(requestsOnce(seriesNamed(samples, 'sglang:num_queue_reqs'))),
    // Counted once per finished request, by the process that takes them: here priorities do add up.
    generatedTokens: sumOf(seriesNamed(samples, 'sglang:generation_tokens')),
  }
}

function requestsOnce(series: Reading<readonly Series[]>): Reading<readonly Series[]> {
  return series.state === 'known' ? known(oneOfRanks(totalOfPriorities(series.value))) : series
}

function totalOfPriorities(series: readonly Series[]): readonly Series[] {
  const isTotal = ({ labels }: Series) => labels.get('priority') === ''
  const scheduler = ({ labels }: Series) => labelsWithout(labels, ['priority'])
  const withTotal = new Set(series.filter(isTotal).map(scheduler))
  return series.filter((one) => isTotal(one) || !withTotal.has(scheduler(one)))
}

/** The largest: ranks say the same at slightly different times. */
function oneOfRanks(series: readonly Series[]): readonly Series[] {
  const largest = new Map<string, Series>()
  for (const one of series) {
    const model = labelsWithout(one.labels, ranksOfOneModel)
    const other = largest.get(model)
    if (other === undefined || other.value < one.value) largest.set(model, one)
  }
  return [...largest.values()]
}
