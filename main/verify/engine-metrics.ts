// What one engine says of itself now: its page, read by the names of its kind.
import type { Connection } from '../../shared/domain/connection.ts'
import { type ModelProof, metricsOf } from '../../shared/domain/deployment.ts'
import { isPageOfEngine, readRuntimeMetrics } from '../../shared/observe/runtimes/all.ts'
import type { RuntimeMetrics } from '../../shared/observe/runtimes/runtime-metrics.ts'
import type { Clock } from './bounded-body.ts'
import { fetchText, metricsBytes } from './fetch-text.ts'

/** Undefined where it does not answer, or with another page than its own. */
export async function engineMetrics(
  connection: Connection,
  proof: ModelProof,
  clock: Clock,
): Promise<RuntimeMetrics | undefined> {
  const page = metricsOf(proof)
  if (page === undefined) return undefined
  const fetched = await fetchText(connection, { port: proof.hostPort, path: page.path, clock, bytes: metricsBytes })
  if (!fetched.ok || fetched.value.status !== 200 || fetched.value.end !== 'whole') return undefined
  const metrics = readRuntimeMetrics(page.reader, fetched.value.text, proof.modelName)
  return isPageOfEngine(metrics) ? metrics : undefined
}
