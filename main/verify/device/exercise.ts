// Lets a model do what it is for, again and again for some seconds, so that what its devices do meanwhile can be seen. Ends
// early where an answer fails, and where nobody waits any more.
import type { Connection } from '../../../shared/domain/connection.ts'
import type { ModelProof } from '../../../shared/domain/deployment.ts'
import { known, type Reading, unreadable } from '../../../shared/domain/reading.ts'
import { lookAtRanking, lookAtVectors } from '../ask-model.ts'
import type { Clock } from '../bounded-body.ts'
import type { Look } from '../look.ts'
import { streamCompletion } from '../stream-completion.ts'

/** A slow tool is asked every few seconds, and shows the mean of one: long enough for three of its answers. */
const exerciseSeconds = 8
const askSeconds = 90
const mostAnswers = 400

export type Exercised = {
  readonly seconds: number
  readonly outputTokens: number
  /** Of one answer at a time, the median. */
  readonly tokensPerSecond: Reading<number>
  /** Why the first answer did not come; missing where it did. */
  readonly problem?: string
}

type Exercising = { readonly clock: Clock; readonly signal?: AbortSignal; readonly seconds?: number }

export async function exercise(
  connection: Connection,
  proof: ModelProof,
  { clock, signal, seconds = exerciseSeconds }: Exercising,
): Promise<Exercised> {
  const beganMs = clock()
  const looks: Look[] = []
  while (signal?.aborted !== true && looks.length < mostAnswers) {
    const look = await askOnce(connection, proof, clock)
    looks.push(look)
    if (!look.passed || clock() - beganMs >= seconds * 1000) break
  }
  const [first] = looks
  const rates = looks.flatMap(({ proof: said }) => said?.tokensPerSecond ?? [])
  const problem = first === undefined ? 'nobody waited' : first.passed ? undefined : first.detail
  return {
    seconds: Math.max(0, clock() - beganMs) / 1000,
    outputTokens: looks.reduce((sum, { proof: said }) => sum + (said?.outputTokens ?? 0), 0),
    tokensPerSecond: medianOf(rates),
    ...(problem !== undefined && { problem }),
  }
}

function askOnce(connection: Connection, proof: ModelProof, clock: Clock): Promise<Look> {
  if (proof.serves === 'openai-embeddings') return lookAtVectors(connection, proof, clock)
  if (proof.serves === 'rerank') return lookAtRanking(connection, proof, clock)
  return streamCompletion(connection, proof, { clock, askSeconds, onText: () => undefined })
}

/** Of those that are known; else why the first one is not. */
function medianOf(rates: readonly Reading<number>[]): Reading<number> {
  const values = rates.flatMap((one) => (one.state === 'known' ? [one.value] : []))
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  return middle === undefined ? (rates[0] ?? unreadable('no answer says how fast it was')) : known(middle)
}
