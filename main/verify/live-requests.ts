// How many requests a deployment has in work or in its queue now, as its runtime's own metrics say: read before
// somebody interrupts it.
import type { Connection } from '../../shared/domain/connection.ts'
import { type ModelProof, metricsOf } from '../../shared/domain/deployment.ts'
import { known, type Reading, unreadable } from '../../shared/domain/reading.ts'
import { readRuntimeMetrics, requestsUnderWay } from '../../shared/observe/runtimes/all.ts'
import type { Clock } from './bounded-body.ts'
import { fetchText, metricsBytes } from './fetch-text.ts'

/** More than any runtime holds: what is above was never counted. */
const mostRequests = 1_000_000

/** Never absent for "nobody": what cannot be counted is unreadable, and says why. */
export async function liveRequests(connection: Connection, proof: ModelProof, clock: Clock): Promise<Reading<number>> {
  const metrics = metricsOf(proof)
  if (metrics === undefined) return unreadable('this engine publishes no metrics that say it')
  const { path, reader } = metrics
  const fetched = await fetchText(connection, { port: proof.hostPort, path, clock, bytes: metricsBytes })
  if (!fetched.ok) return unreadable(JSON.stringify(fetched.failure))
  const { end, status, text } = fetched.value
  if (end !== 'whole') return unreadable(`the metrics ended ${end}`)
  if (status !== 200) return unreadable(`HTTP ${status} ${path}`)
  const requests = requestsUnderWay(readRuntimeMetrics(reader, text))
  if (requests.state !== 'known') return unreadable('the metrics do not say how many requests there are')
  return known(Math.min(mostRequests, Math.ceil(requests.value)))
}
