// SGLang's metric names to the canonical ones (0.4 to 0.5.18). Its gauges come from its schedulers, and not every
// series of theirs counts other requests: metrics_collector.py writes the total with an empty `priority` beside one
// series for each priority, and the ranks that share one model each report the requests they work on together.
// Its cache_hit_rate is of the last batch, and reads 0 while millions of tokens come from the cache: not read.
import { known, type Reading } from '../../domain/reading.ts'
import { histogramNamed } from './histogram-series.ts'
import { nothingSaid, type RuntimeMetrics } from './runtime-metrics.ts'
import { count, labelsWithout, largestShare, type MetricPage, type Series, seriesNamed, sumOf } from './series.ts'

/** Not `dp_rank`: data-parallel ranks have requests of their own. */
const ranksOfOneModel = ['tp_rank', 'pp_rank', 'moe_ep_rank']

/** Counters and histograms count once per request, by the process that takes them: there priorities do add up. */
export function readSglang(page: MetricPage): RuntimeMetrics {
  const promptTokens = count(page, 'sglang:prompt_tokens')
  const prefixHits = count(page, 'sglang:cached_tokens')
  return {
    ...nothingSaid,
    running: sumOf(requestsOnce(seriesNamed(page, 'sglang:num_running_reqs'))),
    waiting: sumOf(requestsOnce(seriesNamed(page, 'sglang:num_queue_reqs'))),
    kvUse: largestShare(page, 'sglang:token_usage'),
    prefixQueries: prefixHits.state === 'absent' ? prefixHits : promptTokens,
    prefixHits,
    promptTokens,
    generatedTokens: count(page, 'sglang:generation_tokens'),
    // Not num_retracted_reqs, which is a gauge of the last batch.
    preemptions: count(page, 'sglang:num_retracted_requests'),
    finished: count(page, 'sglang:num_requests'),
    aborted: count(page, 'sglang:num_aborted_requests'),
    timeToFirstToken: histogramNamed(page, 'sglang:time_to_first_token_seconds'),
    // Up to 0.4.4.
    timePerOutputToken: histogramNamed(page, 'sglang:time_per_output_token_seconds'),
    interTokenLatency: histogramNamed(page, 'sglang:inter_token_latency_seconds'),
    endToEnd: histogramNamed(page, 'sglang:e2e_request_latency_seconds'),
    queueTime: histogramNamed(page, 'sglang:queue_time_seconds'),
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
