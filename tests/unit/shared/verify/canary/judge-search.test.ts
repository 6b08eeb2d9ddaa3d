// What models for search answer: near texts nearer, the right text first, and nothing that is not a number.
import { describe, expect, it } from 'vitest'
import { judgeNear, judgeOrder, judgeSame } from '../../../../../shared/verify/canary/judge-search.ts'
import { orderQuestions, vectorQuestions } from '../../../../../shared/verify/canary/search-questions.ts'

const near = vectorQuestions.find(({ id }) => id === 'near-zh')
const across = vectorQuestions.find(({ id }) => id === 'near-across')
const order = orderQuestions.find(({ id }) => id === 'order-zh')
if (near === undefined || across === undefined || order === undefined) throw new Error('a question is gone')
const scored = (...scores: unknown[]) =>
  JSON.stringify({ results: scores.map((relevance_score, index) => ({ index, relevance_score })) })

describe('vectors', () => {
  it('of near texts are nearer than those of far ones', () => {
    expect(judgeNear(near, { text: [1, 0], near: [0.9, 0.1], far: [0, 1] })).toMatchObject({ verdict: 'passed' })
    const wrong = judgeNear(near, { text: [1, 0], near: [0, 1], far: [0.9, 0.1] })
    expect(wrong).toMatchObject({ verdict: 'failed', problems: ['wrong-order'] })
    expect(judgeNear(near, { text: [1, 0], near: [1, 0], far: [1, 0] }).verdict).toBe('failed')
    expect(judgeNear(near, { text: [0, 0], near: [1, 0], far: [1, 0] }).verdict).toBe('failed')
  })

  it('across languages are only missed where they were there', () => {
    expect(judgeNear(across, { text: [1, 0], near: [0.9, 0.1], far: [0, 1] }).holds).toEqual(['right-order'])
    expect(judgeNear(across, { text: [1, 0], near: [0, 1], far: [1, 0] })).toMatchObject({
      verdict: 'passed',
      holds: [],
    })
  })

  it('of the same text are the same', () => {
    expect(judgeSame([1, 2], [1, 2]).verdict).toBe('passed')
    expect(judgeSame([1, 2], [2, -1])).toMatchObject({ verdict: 'failed', problems: ['not-repeatable'] })
  })
})

describe('an order', () => {
  it('has the text that answers first, alone', () => {
    expect(judgeOrder(order, scored(0.9, 0.1, 0.2), 'jina').verdict).toBe('passed')
    expect(judgeOrder(order, scored(0.1, 0.9, 0.2), 'jina').problems).toEqual(['wrong-order'])
    expect(judgeOrder(order, scored(0.5, 0.5, 0.5), 'jina').problems).toEqual(['wrong-order'])
  })

  it('of something else than numbers is a failed request', () => {
    for (const text of ['', '[]', scored('a', 1, 2), scored(1, 2), scored(null, 1, 2), '{"results": 7}']) {
      expect(judgeOrder(order, text, 'jina').problems).toEqual(['failed-request'])
    }
  })
})
