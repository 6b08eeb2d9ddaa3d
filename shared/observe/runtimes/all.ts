// Every engine whose metrics can be read, by the name that entries and proofs give its reader. A new one is one file
// here and one line below.
import type { MetricsReader } from '../../domain/deployment.ts'
import { known, type Reading, valueOr } from '../../domain/reading.ts'
import { type MetricSample, readPrometheus } from '../prometheus.ts'
import { readLlamaCpp } from './llama-cpp.ts'
import { readMindie } from './mindie.ts'
import type { RuntimeMetrics } from './runtime-metrics.ts'
import { readSglang } from './sglang.ts'
import { readVllm } from './vllm.ts'

const readers: { readonly [K in MetricsReader]: (samples: readonly MetricSample[]) => RuntimeMetrics } = {
  'llama-cpp': readLlamaCpp,
  vllm: readVllm,
  sglang: readSglang,
  mindie: readMindie,
}

/** `text`: what the engine's metrics page says. A series that is not there is absent. */
export function readRuntimeMetrics(reader: MetricsReader, text: string): RuntimeMetrics {
  return readers[reader](readPrometheus(text))
}

/** Requests that somebody waits for now, in work or in the queue. Every engine has this gauge: without it the page is none of its own. */
export function requestsUnderWay({ running, waiting }: RuntimeMetrics): Reading<number> {
  if (running.state !== 'known') return running
  if (waiting.state === 'unreadable') return waiting
  return known(running.value + valueOr(waiting, 0))
}
