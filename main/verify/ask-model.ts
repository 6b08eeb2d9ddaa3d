// Asks a model for what it is for where that is no stream of tokens: a few texts as vectors, three questions ranked. All
// of it within one deadline; of each answer no more than a size.
import type { Connection } from '../../shared/domain/connection.ts'
import {
  embeddedTexts,
  embeddingsRequest,
  rankedQuestions,
  rankingRequest,
} from '../../shared/domain/model-questions.ts'
import { type EmbeddingsProof, problemOfVectors, readVector, type Vector } from '../../shared/verify/embeddings.ts'
import { problemOfRanking, type RankingProof } from '../../shared/verify/ranking.ts'
import { type Clock, type Deadline, deadlineIn } from './bounded-body.ts'
import { ask, readText } from './fetch-text.ts'
import { type Look, noEnd } from './look.ts'

/** For all of them together: a big model may read its weights first. */
const askingSeconds = 120
/** Of a vector of the most numbers that one may have, written out in full. */
export const vectorBytes = 2 * 1024 * 1024
export const rankingBytes = 256 * 1024

export async function lookAtVectors(connection: Connection, proof: EmbeddingsProof, clock: Clock): Promise<Look> {
  const deadline = deadlineIn(askingSeconds, clock)
  const vectors: Vector[] = []
  for (const text of embeddedTexts) {
    const asked = { port: proof.hostPort, path: '/v1/embeddings', body: embeddingsRequest(proof, text) }
    const answer = await postJson(connection, { ...asked, bytes: vectorBytes, deadline })
    if (!answer.ok) return failed(answer.problem)
    const read = readVector(answer.text, proof)
    if (!read.ok) return failed(read.problem)
    vectors.push(read.value)
  }
  const problem = problemOfVectors(vectors)
  return problem === undefined
    ? { passed: true, detail: `${vectors[0]?.length} numbers for each text` }
    : failed(problem)
}

export async function lookAtRanking(connection: Connection, proof: RankingProof, clock: Clock): Promise<Look> {
  const deadline = deadlineIn(askingSeconds, clock)
  for (const at of rankedQuestions.keys()) {
    const asked = { port: proof.hostPort, path: proof.rerankPath, body: rankingRequest(proof, at) }
    const answer = await postJson(connection, { ...asked, bytes: rankingBytes, deadline })
    if (!answer.ok) return failed(answer.problem)
    const problem = problemOfRanking(answer.text, proof.rerankForm, at)
    if (problem !== undefined) return failed(problem)
  }
  return { passed: true, detail: `${rankedQuestions.length} questions answered by the right text` }
}

type Posting = {
  readonly port: number
  readonly path: string
  readonly body: string
  readonly bytes: number
  readonly deadline: Deadline
}
type Answer = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly problem: string }

/** The whole body of an answer with status 200, or why there is none. */
export async function postJson(
  connection: Connection,
  { port, path, body, bytes, deadline }: Posting,
): Promise<Answer> {
  // What the answers before took is gone.
  const seconds = Math.ceil(deadline.leftMs() / 1000)
  if (seconds <= 0) return { ok: false, problem: noEnd(deadline.seconds) }
  const request = { port, method: 'POST', path, headers: { 'content-type': 'application/json' }, body } as const
  const response = await ask(connection, request, { ...deadline, seconds })
  if (!response.ok) return { ok: false, problem: JSON.stringify(response.failure) }
  const { text, end } = await readText(response.value, bytes, deadline)
  if (end === 'too-late') return { ok: false, problem: noEnd(deadline.seconds) }
  if (response.value.status !== 200) {
    return { ok: false, problem: `HTTP ${response.value.status}: ${text.slice(0, 200)}` }
  }
  if (end === 'broken-off') return { ok: false, problem: 'the answer broke off' }
  if (end === 'too-long') return { ok: false, problem: `the answer has more than ${bytes} bytes` }
  return { ok: true, text }
}

function failed(detail: string): Look {
  return { passed: false, detail }
}
