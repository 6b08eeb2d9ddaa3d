// How many requests a deployment has in work or in its queue now, as its runtime's own metrics say: read before
// somebody interrupts it.
import type { Connection } from '../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../shared/domain/deployment.ts'
import { known, type Reading, unreadable } from '../../shared/domain/reading.ts'
import { readPrometheus } from '../../shared/observe/prometheus.ts'
import { readLlamaCpp, requestsUnderWay } from '../../shared/observe/runtimes/llama-cpp.ts'
import { type Clock, deadlineIn, takeBody } from './bounded-body.ts'

export type ModelProof = Extract<DeploymentProof, { serves: 'openai-chat' }>

const metricsSeconds = 15
const metricsBytes = 4 * 1024 * 1024
/** More than any runtime holds: what is above was never counted. */
const mostRequests = 1_000_000

/** Never absent for "nobody": what cannot be counted is unreadable, and says why. */
export async function liveRequests(
  connection: Connection,
  { hostPort, metricsPath }: ModelProof,
  clock: Clock,
): Promise<Reading<number>> {
  const deadline = deadlineIn(metricsSeconds, clock)
  const seconds = { deadlineSeconds: metricsSeconds, idleSeconds: metricsSeconds }
  const response = await connection.http({ port: hostPort, method: 'GET', path: metricsPath, ...seconds })
  if (!response.ok) return unreadable(JSON.stringify(response.failure))
  const decoder = new TextDecoder()
  let text = ''
  const end = await takeBody(response.value.body, { bytes: metricsBytes, deadline }, (piece) => {
    text += decoder.decode(piece, { stream: true })
  })
  if (end !== 'whole') return unreadable(`the metrics ended ${end}`)
  if (response.value.status !== 200) return unreadable(`HTTP ${response.value.status} ${metricsPath}`)
  const requests = requestsUnderWay(readLlamaCpp(readPrometheus(text)))
  if (requests.state !== 'known') return unreadable('the metrics do not say how many requests there are')
  return known(Math.min(mostRequests, Math.ceil(requests.value)))
}
