// Every engine whose metrics can be read, by the name that entries and proofs give its reader. A new one is one file
// here and one line below.
import type { MetricsReader } from '../../domain/deployment.ts'
import { type Reading, valueOr } from '../../domain/reading.ts'
import { readPrometheus } from '../prometheus.ts'
import { readLlamaCpp } from './llama-cpp.ts'
import { readLmdeploy } from './lmdeploy.ts'
import { readMindie } from './mindie.ts'
import { pageOfModel } from './models.ts'
import type { RuntimeMetrics } from './runtime-metrics.ts'
import { counted, type MetricPage, pageOf } from './series.ts'
import { readSglang } from './sglang.ts'
import { readTei } from './tei.ts'
import { readTensorrtLlm } from './tensorrt-llm.ts'
import { readVllm } from './vllm.ts'
import { readXinference } from './xinference.ts'

const readers: { readonly [K in MetricsReader]: (page: MetricPage) => RuntimeMetrics } = {
  'llama-cpp': readLlamaCpp,
  vllm: readVllm,
  sglang: readSglang,
  mindie: readMindie,
  lmdeploy: readLmdeploy,
  'tensorrt-llm': readTensorrtLlm,
  xinference: readXinference,
  tei: readTei,
}

/**
 * `text`: what the engine's metrics page says. A series that is not there is absent. `model`: of several behind one
 * endpoint only that one; without it, all of them together.
 */
export function readRuntimeMetrics(reader: MetricsReader, text: string, model?: string): RuntimeMetrics {
  const page = pageOf(readPrometheus(text))
  return readers[reader](model === undefined ? page : pageOfModel(page, model))
}

/** Requests that somebody waits for now, in work or in the queue. */
export function requestsUnderWay({ running, waiting }: Pick<RuntimeMetrics, 'running' | 'waiting'>): Reading<number> {
  if (running.state !== 'known') return running
  if (waiting.state === 'unreadable') return waiting
  return counted(running.value + valueOr(waiting, 0))
}

/** Every engine has a gauge of its requests; without it the page is none of its own. */
export function isPageOfEngine({ running, waiting }: Pick<RuntimeMetrics, 'running' | 'waiting'>): boolean {
  return (
    requestsUnderWay({ running, waiting }).state === 'known' ||
    (running.state === 'absent' && waiting.state === 'known')
  )
}
