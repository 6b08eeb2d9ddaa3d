// The trace of one streamed answer: when which piece arrived, and why an answer counts as failed.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemOfStatus, traceReader } from '../../../../../shared/verify/load/request-trace.ts'

const chunk = (content: string | null, more: object = {}) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }], ...more })}\n\n`
const finish = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'length' }] })}\n\n`
const usage = (prompt: number, output: number) =>
  `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: output } })}\n\n`
const done = 'data: [DONE]\n\n'

/** The pieces with the time of each. */
function read(...pieces: readonly (readonly [atMs: number, text: string])[]) {
  const reader = traceReader(1000)
  for (const [atMs, text] of pieces) reader.take(text, atMs)
  return reader.finish(pieces.at(-1)?.[0] ?? 1000)
}

describe('the trace of a streamed answer', () => {
  it('has the time of each piece of text, not of the role before it nor of what comes after it', () => {
    const trace = read(
      [1005, chunk(null)],
      [1010, chunk('a')],
      [1030, chunk('b')],
      [1031, finish + usage(20, 2) + done],
    )
    const figures = { startMs: 1000, arrivalsMs: [1010, 1030], endMs: 1031, promptTokens: 20, outputTokens: 2 }
    expect(trace).toEqual(figures)
  })

  it('says how many tokens there were where a piece carries several', () => {
    const trace = read([1010, chunk('a b c')], [1030, chunk('d e') + finish + usage(9, 5)])
    expect(trace).toMatchObject({ arrivalsMs: [1010, 1030], outputTokens: 5 })
  })

  it('counts what a model thinks, under either name, as text', () => {
    const thought = (name: string) => `data: ${JSON.stringify({ choices: [{ delta: { [name]: 'hm' } }] })}\n\n`
    const trace = read([1010, thought('reasoning_content')], [1020, thought('reasoning') + finish])
    expect(trace.arrivalsMs).toEqual([1010, 1020])
  })

  it('leaves out what the server does not count', () => {
    expect(read([1010, chunk('a') + finish + done])).toEqual({ startMs: 1000, arrivalsMs: [1010], endMs: 1010 })
    const odd = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: -1, completion_tokens: 'many' } })}\n\n`
    expect(read([1010, chunk('a') + finish + odd])).not.toHaveProperty('outputTokens')
  })

  it.each<[string, string, string]>([
    ['broken-off', 'ends before the answer does', chunk('a')],
    ['no-text', 'has no text', finish + usage(5, 0) + done],
    ['not-a-stream', 'is a page', '<html>\n<body>\n</html>\n'],
    ['not-a-stream', 'has nothing in it', ''],
    ['not-a-stream', 'has events that are no JSON', 'data: {"choices": [\n\ndata: nothing\n\n'],
    ['error-said', 'says what went wrong in the middle', `${chunk('a')}data: {"error":{"message":"no room"}}\n\n`],
  ])('is a failure "%s" where it %s', (problem, _why, text) => {
    expect(read([1010, text]).problem).toBe(problem)
  })

  it('passes over an event that is no JSON between good ones', () => {
    expect(read([1010, chunk('a')], [1020, 'data: {"choi\n\n'], [1030, chunk('b') + finish])).toEqual({
      ...{ startMs: 1000, arrivalsMs: [1010, 1030], endMs: 1030 },
    })
  })

  it('keeps what came before it was broken off or cut', () => {
    const reader = traceReader(1000)
    reader.take(chunk('a'), 1010)
    expect(reader.breakOff(1500, 'no-end', 'late')).toMatchObject({ problem: 'no-end', arrivalsMs: [1010] })
    expect(reader.breakOff(1500, 'cut')).toEqual({ startMs: 1000, arrivalsMs: [1010], endMs: 1010, isCut: true })
  })

  it('is the same wherever its text is cut', () => {
    const text = chunk('ä') + chunk('b').replaceAll('\n', '\r\n') + finish + usage(7, 2) + done
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 20 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), text.length]
        const pieces = places.slice(1).map((place, at) => [1000 + at, text.slice(places[at], place)] as const)
        const { arrivalsMs, ...rest } = read(...pieces)
        expect(arrivalsMs).toHaveLength(2)
        expect(rest).toMatchObject({ promptTokens: 7, outputTokens: 2 })
        expect(rest).not.toHaveProperty('problem')
      }),
    )
  })

  it('never goes back in time, and gives a line without an end up', () => {
    const { arrivalsMs } = read([1010, chunk('a')], [990, chunk('b') + finish])
    expect(arrivalsMs).toEqual([1010, 1010])
    expect(read([1010, `data: ${'x'.repeat(1_100_000)}`]).problem).toBe('not-a-stream')
  })

  it('tells a queue that is full from a refusal and from a server that broke', () => {
    expect([429, 400, 404, 500, 503].map(problemOfStatus)).toEqual([
      ...['too-many-requests', 'refused', 'refused', 'server-error', 'server-error'],
    ])
  })
})
