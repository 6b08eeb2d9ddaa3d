// Asks a model for search: for vectors of texts, or for an order of them.
import { createHash } from 'node:crypto'
import type { CanaryQuestion, CanaryQuestionId } from '../../../shared/domain/canary.ts'
import type { Connection } from '../../../shared/domain/connection.ts'
import type { ModelProof } from '../../../shared/domain/deployment.ts'
import { embeddingsRequest, orderRequest } from '../../../shared/domain/model-questions.ts'
import { failedSearch, judgeNear, judgeOrder, judgeSame } from '../../../shared/verify/canary/judge-search.ts'
import { orderQuestions, type VectorQuestion, vectorQuestions } from '../../../shared/verify/canary/search-questions.ts'
import { type EmbeddingsProof, readVector, type Vector } from '../../../shared/verify/embeddings.ts'
import type { RankingProof } from '../../../shared/verify/ranking.ts'
import { postJson, rankingBytes, vectorBytes } from '../ask-model.ts'
import { deadlineIn } from '../bounded-body.ts'
import type { Asker, CanaryService, CanaryTools } from './canary-service.ts'

const questionSeconds = 60

export const searchAsker = {
  questionsOf,
  over: (connection: Connection, service: CanaryService, tools: CanaryTools): Asker => ({
    questions: questionsOf(service),
    ask: (id, secondsLeft) => {
      const seconds = Math.ceil(Math.min(questionSeconds, secondsLeft))
      return service.proof.serves === 'rerank'
        ? askOrder({ connection, tools, proof: service.proof }, id, seconds)
        : askVectors({ connection, tools, proof: embedding(service.proof) }, id, seconds)
    },
  }),
}

/** Of the basic set: that the same text is the same, and the order that the ladder asks for too. */
function questionsOf({ proof, set }: CanaryService): readonly CanaryQuestionId[] {
  if (proof.serves === 'rerank') return set === 'basic' ? ['order-en'] : orderQuestions.map(({ id }) => id)
  return set === 'basic' ? ['same-vector'] : [...vectorQuestions.map(({ id }) => id), 'same-vector']
}

function embedding(proof: ModelProof): EmbeddingsProof {
  if (proof.serves !== 'openai-embeddings') throw new Error(`${proof.serves} makes no vectors`)
  return proof
}

type Way<P> = { readonly connection: Connection; readonly tools: CanaryTools; readonly proof: P }

async function askVectors(way: Way<EmbeddingsProof>, id: CanaryQuestionId, seconds: number): Promise<CanaryQuestion> {
  const { connection, tools, proof } = way
  const deadline = deadlineIn(seconds, tools.clock)
  const question = vectorQuestions.find((one) => one.id === id)
  const [first] = vectorQuestions
  const texts = question === undefined ? sameTwice(first) : [question.text, question.near, question.far]
  const vectors: Vector[] = []
  const hash = createHash('sha256')
  for (const text of texts) {
    const asked = { port: proof.hostPort, path: '/v1/embeddings', body: embeddingsRequest(proof, text) }
    const answer = await postJson(connection, { ...asked, bytes: vectorBytes, deadline })
    if (!answer.ok) return failedSearch(id, answer.problem)
    const read = readVector(answer.text, proof)
    if (!read.ok) return failedSearch(id, read.problem)
    if (vectors.some(({ length }) => length !== read.value.length)) return failedSearch(id, 'vectors of other lengths')
    hash.update(JSON.stringify(read.value))
    vectors.push(read.value)
  }
  const [text = [], near = [], far = []] = vectors
  const judged = question === undefined ? judgeSame(text, near) : judgeNear(question, { text, near, far })
  return { ...judged, answerDigest: hash.digest('hex') }
}

function sameTwice(question: VectorQuestion | undefined): string[] {
  return question === undefined ? [] : [question.text, question.text]
}

async function askOrder(way: Way<RankingProof>, id: CanaryQuestionId, seconds: number): Promise<CanaryQuestion> {
  const { connection, tools, proof } = way
  const question = orderQuestions.find((one) => one.id === id)
  if (question === undefined) throw new Error(`no question ${id}`)
  const deadline = deadlineIn(seconds, tools.clock)
  const asked = { port: proof.hostPort, path: proof.rerankPath, body: orderRequest(proof, question) }
  const answer = await postJson(connection, { ...asked, bytes: rankingBytes, deadline })
  if (!answer.ok) return failedSearch(id, answer.problem)
  const answerDigest = createHash('sha256').update(answer.text).digest('hex')
  return { ...judgeOrder(question, answer.text, proof.rerankForm), answerDigest }
}
