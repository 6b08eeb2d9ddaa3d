// Judges what models for search answered: is what is alike nearer than what is not, is the answer put first.
import type { CanaryQuestionId } from '../../domain/canary.ts'
import type { RerankForm } from '../../domain/deployment.ts'
import { evidence } from '../../domain/failure.ts'
import { jsonIn } from '../../domain/json-text.ts'
import { cosine, type Vector } from '../embeddings.ts'
import { scoresIn } from '../ranking.ts'
import type { Judged } from './judge-chat.ts'
import type { OrderQuestion, VectorQuestion } from './search-questions.ts'

/** Nearer by this much: in 8 bits, two numbers differ by chance by less. */
const leastNearer = 0.005
const sameFrom = 0.99
/** What a question has whose answer only some models know. */
const rightOrder = 'right-order'

export function failedSearch(question: CanaryQuestionId, detail: string): Judged {
  const said = evidence(detail, 280)
  return { question, verdict: 'failed', problems: ['failed-request'], holds: [], detail: said }
}

type Three = { readonly text: Vector; readonly near: Vector; readonly far: Vector }

export function judgeNear({ id, isHoped }: VectorQuestion, { text, near, far }: Three): Judged {
  const [nearness, distance] = [cosine(text, near), cosine(text, far)]
  const detail = `cosine ${nearness.toFixed(3)} and ${distance.toFixed(3)}`
  return judged(id, { isRight: nearness > distance + leastNearer, isHoped: isHoped === true, detail })
}

/** The same text twice. */
export function judgeSame(one: Vector, again: Vector): Judged {
  const likeness = cosine(one, again)
  const isRight = likeness >= sameFrom
  const problems = isRight ? [] : (['not-repeatable'] as const)
  const verdict = isRight ? 'passed' : 'failed'
  return {
    question: 'same-vector',
    verdict,
    problems: [...problems],
    holds: [],
    detail: `cosine ${likeness.toFixed(3)}`,
  }
}

export function judgeOrder({ id, texts, best, isHoped }: OrderQuestion, answer: string, form: RerankForm): Judged {
  const scores = scoresIn(jsonIn(answer), { form, count: texts.length })
  if (typeof scores === 'string') return failedSearch(id, scores)
  const top = scores[best] ?? Number.NEGATIVE_INFINITY
  const isRight = scores.every((score, at) => at === best || score < top)
  return judged(id, {
    isRight,
    isHoped: isHoped === true,
    detail: `scores ${scores.map((one) => one.toPrecision(3)).join(', ')}`,
  })
}

type Seen = { readonly isRight: boolean; readonly isHoped: boolean; readonly detail: string }

function judged(question: CanaryQuestionId, { isRight, isHoped, detail }: Seen): Judged {
  const isWell = isRight || isHoped
  return {
    ...{ question, verdict: isWell ? 'passed' : 'failed', problems: isWell ? [] : ['wrong-order'] },
    ...{ holds: isHoped && isRight ? [rightOrder] : [], detail: evidence(detail, 280) },
  }
}
