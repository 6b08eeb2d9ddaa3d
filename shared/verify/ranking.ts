// What proves that a model puts texts in order by a question: of three texts each is the answer to one of three
// questions. Whoever ignores the question does not get all three right, and whoever guesses once in 27 times.
import type { DeploymentProof, RerankForm } from '../domain/deployment.ts'
import { jsonIn } from '../domain/json-text.ts'
import { rankedQuestions, rankedTexts } from '../domain/model-questions.ts'

export type RankingProof = Extract<DeploymentProof, { serves: 'rerank' }>

/** Undefined where the text in place `at` has the highest score of all three, alone. */
export function problemOfRanking(text: string, form: RerankForm, at: number): string | undefined {
  const scores = scoresIn(jsonIn(text), { form, count: rankedTexts.length })
  if (typeof scores === 'string') return scores
  const best = scores[at] ?? Number.NEGATIVE_INFINITY
  const isFirst = scores.every((score, place) => place === at || score < best)
  return isFirst ? undefined : `"${rankedTexts[at]}" is not put first for "${rankedQuestions[at]}"`
}

/** Of each of so many texts in its place, or what is wrong: each has one, and it is a number. */
export function scoresIn(
  body: unknown,
  { form, count }: { readonly form: RerankForm; readonly count: number },
): readonly number[] | string {
  const list = form === 'jina' ? record(body)['results'] : body
  if (!Array.isArray(list)) return 'the answer is not a list of scores'
  if (list.length !== count) return `the answer is not ${count} scores`
  const scores: number[] = []
  for (const one of list.map(record)) {
    const { index } = one
    const score = one[form === 'jina' ? 'relevance_score' : 'score']
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= count)
      return 'a score is of no text that was sent'
    if (typeof score !== 'number' || !Number.isFinite(score)) return 'a score is not a finite number'
    if (scores[index] !== undefined) return 'a text has two scores'
    scores[index] = score
  }
  return scores
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
