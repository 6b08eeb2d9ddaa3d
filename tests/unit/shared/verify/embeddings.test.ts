// What a server answers where vectors are wanted, and which of it proves that it makes any: never a status alone.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemOfVectors, readVector } from '../../../../shared/verify/embeddings.ts'

const asked = { modelName: 'm' }
const answer = (embedding: unknown) => JSON.stringify({ model: 'm', data: [{ embedding, index: 0 }] })
const problem = (text: string, of: Parameters<typeof readVector>[1] = asked) => {
  const read = readVector(text, of)
  return read.ok ? undefined : read.problem
}

describe('the answer with a vector', () => {
  it('is read, negative numbers and exponents included', () => {
    expect(readVector('{"data":[{"embedding":[-0.5, 1e-3, 0, 7]}]}', asked)).toEqual({
      ok: true,
      value: [-0.5, 0.001, 0, 7],
    })
  })

  it.each([
    ['', 'not a JSON object'],
    ['<html>it works</html>', 'not a JSON object'],
    ['{"data":[{"embedding":[0.1, NaN]}]}', 'not a JSON object'],
    ['{"data":[{"embedding":[0.1, 0.2', 'not a JSON object'],
    ['[[0.1, 0.2]]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['{}', 'not one vector'],
    ['{"choices":[{"message":{"content":"I am ready."}}]}', 'not one vector'],
    ['{"error":{"code":501,"message":"This server does not support embeddings"}}', 'not one vector'],
    ['{"data":[]}', 'not one vector'],
    ['{"data":{"0":{"embedding":[1]}}}', 'not one vector'],
    ['{"data":[{"embedding":[1]},{"embedding":[1]}]}', 'not one vector'],
    ['{"data":[null]}', 'no numbers'],
    ['{"data":[[1,2]]}', 'no numbers'],
    ['{"data":[{"embedding":[]}]}', 'no numbers'],
    ['{"data":[{"embedding":"AACAPwAAAEA="}]}', 'no numbers'],
    ['{"data":[{"embedding":{"length":2,"0":1,"1":1}}]}', 'no numbers'],
    ['{"data":[{"embedding":[1,null]}]}', 'finite'],
    ['{"data":[{"embedding":["1","2"]}]}', 'finite'],
    ['{"data":[{"embedding":[1,1e999]}]}', 'finite'],
    ['{"data":[{"embedding":[[1,2]]}]}', 'finite'],
    ['{"data":[{"embedding":[0,-0,0.0]}]}', 'all zero'],
  ])('is none: %s', (text, said) => {
    expect(problem(text)).toContain(said)
  })

  it('has no more numbers than any model makes', () => {
    expect(problem(answer(Array<number>(1_000_000).fill(0.5)))).toContain('more than 65536')
    expect(problem(answer(Array<number>(65_536).fill(0.5)))).toBeUndefined()
  })

  it('has as many as the model has, where that is known', () => {
    expect(problem(answer([1, 2, 3]), { ...asked, dimensions: 3 })).toBeUndefined()
    expect(problem(answer([1, 2, 3]), { ...asked, dimensions: 1024 })).toMatch(/3 numbers.* 1024/)
  })

  it('is of the model that was asked for, where no list says which there are', () => {
    const unlisted = { ...asked, listsModels: false } as const
    expect(problem(answer([1]), unlisted)).toBeUndefined()
    expect(problem('{"data":[{"embedding":[1]}]}', unlisted)).toContain('not of m')
    expect(problem('{"model":"/models/other","data":[{"embedding":[1]}]}', unlisted)).toContain('not of m')
  })

  it('may be anything else, and is never taken for one then', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        expect(readVector(text, asked).ok).toBe(false)
      }),
    )
  })
})

describe('the vectors of two texts, each twice', () => {
  const [one, other] = [
    [0.6, 0.8, 0],
    [0.8, -0.6, 0.1],
  ]
  it('prove a model: nearly the same for the same text, another one for another text', () => {
    expect(problemOfVectors([one, other, [0.8001, -0.6, 0.1], [0.5999, 0.8001, 0.0001]])).toBeUndefined()
  })

  it.each([
    ['the same for everything', [one, one, one, one], 'different texts give the same'],
    ['the same but for its length', [one, [1.2, 1.6, 0], one, one], 'different texts give the same'],
    ['what stays for a while', [one, one, other, other], 'the same text twice'],
    ['what changes at once', [one, other, other, other], 'the same text twice'],
    ['what comes every other time', [one, other, one, other], 'the same text twice'],
    ['something else each time', [one, other, [0, 0, 1], [1, 0, 0]], 'the same text twice'],
    ['other lengths', [one, [1, 0], [1, 0], one], 'different lengths'],
    ['nothing', [[], [], [], []], 'the same text twice'],
  ])('prove none: %s', (_, vectors, said) => {
    expect(problemOfVectors(vectors)).toContain(said)
  })

  it('are compared also where their squares would be infinite, or nothing', () => {
    for (const scale of [1e300, 1e-300, 5e-324]) {
      const [scaled, away] = [
        [scale, scale, 0],
        [0, 0, scale],
      ]
      expect(problemOfVectors([scaled, away, away, scaled])).toBeUndefined()
      expect(problemOfVectors([scaled, away, away, [scale, 0, scale]])).toContain('the same text twice')
    }
  })
})
