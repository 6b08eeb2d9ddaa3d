// What a server answers where texts are to be put in order, in the form of each engine.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rerankForm } from '../../../../shared/domain/deployment.ts'
import { rankedQuestions, rankedTexts, rankingRequest } from '../../../../shared/domain/model-questions.ts'
import { problemOfRanking } from '../../../../shared/verify/ranking.ts'

const jina = (...scores: number[]) =>
  JSON.stringify({ results: scores.map((relevance_score, index) => ({ index, relevance_score })) })
const bare = (...scores: number[]) => JSON.stringify(scores.map((score, index) => ({ score, index })))

describe('a question about texts', () => {
  it('is in the form of the engine', () => {
    const ask = (form: (typeof rerankForm.options)[number]) =>
      JSON.parse(rankingRequest({ modelName: 'm', rerankForm: form }, 1)) as Record<string, unknown>
    expect(ask('jina')).toEqual({ model: 'm', query: rankedQuestions[1], documents: rankedTexts })
    expect(ask('sglang')).toEqual(ask('jina'))
    expect(ask('tei')).toEqual({ query: rankedQuestions[1], texts: rankedTexts })
  })

  it.each([
    ['jina', jina(0.1, 0.9, 0.2)],
    ['jina', jina(-9.5, -1.25, -3)],
    ['sglang', bare(1e-9, 1e-8, 0)],
    ['tei', bare(0.1, 0.9, 0.2)],
    // The best first, as most send it.
    [
      'jina',
      '{"results":[{"index":1,"relevance_score":3},{"index":2,"relevance_score":2},{"index":0,"relevance_score":1}]}',
    ],
  ] as const)('is answered by the right text: %s %s', (form, text) => {
    expect(problemOfRanking(text, form, 1)).toBeUndefined()
    expect(problemOfRanking(text, form, 0)).toContain('is not put first for')
    expect(problemOfRanking(text, form, 2)).toContain('is not put first for')
  })

  it('is not answered by texts that are all equally right', () => {
    for (const at of rankedQuestions.keys()) expect(problemOfRanking(jina(1, 1, 1), 'jina', at)).toContain('not put')
  })

  it.each([
    ['', 'not a list'],
    ['{"results":{}}', 'not a list'],
    ['{"data":[{"embedding":[1,2,3]}]}', 'not a list'],
    ['{"choices":[{"message":{"content":"1"}}]}', 'not a list'],
    ['{"results":[{"index":1,"relevance_score":1}]}', 'not 3 scores'],
    [`{"results":[${'{"index":1,"relevance_score":1},'.repeat(9999)}{}]}`, 'not 3 scores'],
    [jina(1, 2, 3).replace('"index":2', '"index":1'), 'two scores'],
    [jina(1, 2, 3).replace('"index":2', '"index":-1'), 'no text'],
    [jina(1, 2, 3).replace('"index":2', '"index":3'), 'no text'],
    [jina(1, 2, 3).replace('"index":2', '"index":1.5'), 'no text'],
    [jina(1, 2, 3).replace('"index":2', '"index":"2"'), 'no text'],
    [jina(1, 2, 3).replace('"relevance_score":3', '"relevance_score":null'), 'finite'],
    [jina(1, 2, 3).replace('"relevance_score":3', '"relevance_score":"3"'), 'finite'],
    [jina(1, 2, 3).replace('"relevance_score":3', '"relevance_score":1e999'), 'finite'],
    ['{"results":[null,1,"x"]}', 'no text'],
    // Of another engine's form nothing is guessed.
    [bare(1, 2, 3), 'not a list'],
    [bare(1, 2, 3).replaceAll('score', 'relevance_score'), 'not a list'],
  ])('is not answered by %s', (text, said) => {
    expect(problemOfRanking(text, 'jina', 1)).toContain(said)
  })

  it('is never answered by noise', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), fc.constantFrom(...rerankForm.options), (text, form) => {
        expect(problemOfRanking(text, form, 0)).toBeDefined()
      }),
    )
  })
})
