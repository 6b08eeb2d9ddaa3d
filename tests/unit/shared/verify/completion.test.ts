// One streamed completion, read from recorded streams (tests/fixtures/completions/streams: NAME.sse and what is
// expected of it in NAME.json), however the bytes happen to be cut on their way.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inferenceProof } from '../../../../shared/domain/verdict.ts'
import { readCompletion } from '../../../../shared/verify/completion.ts'

type Expected = {
  about: string
  ok: boolean
  text?: string
  outputTokens?: number
  finishReason?: string
  serverRate?: number
  problem?: string
}

const folder = fileURLToPath(new URL('../../../fixtures/completions/streams/', import.meta.url))
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const expected = JSON.parse(readFileSync(folder + file, 'utf8')) as Expected
    return { expected, bytes: readFileSync(`${folder}${file.replace(/json$/, 'sse')}`) }
  })

/** Reads the bytes cut at these places, decoded as they arrive, each piece a millisecond after the other. */
function read(bytes: Uint8Array, cuts: readonly number[]) {
  const reader = readCompletion()
  const decoder = new TextDecoder()
  const places = [0, ...[...cuts].sort((a, b) => a - b), bytes.length]
  for (const [at, place] of places.slice(1).entries()) {
    reader.take(decoder.decode(bytes.subarray(places[at], place), { stream: true }), 100 + at)
  }
  return reader.finish()
}

function expectAsRecorded(
  found: ReturnType<typeof read>,
  { ok, text, outputTokens, finishReason, problem }: Expected,
): void {
  if (ok) expect(found).toMatchObject({ ok, text, proof: { outputTokens, finishReason } })
  else expect(found).toMatchObject({ ok, problem: expect.stringContaining(problem ?? '?') })
}

describe('a recorded completion', () => {
  it.each(cases.map((one) => [one.expected.about, one] as const))('%s', (_about, { expected, bytes }) => {
    const whole = read(bytes, [])
    expectAsRecorded(whole, expected)
    if (whole.ok) {
      expect(inferenceProof.parse(whole.proof)).toEqual(whole.proof)
      expect(whole.proof.ttftMs).toBe(100)
      // All at once: no time passed that a rate could be measured in, only the server knows; of two tokens not even that one.
      const rate = whole.proof.outputTokens < 4 ? undefined : expected.serverRate
      expect(whole.proof.tokensPerSecond).toMatchObject(rate === undefined ? { state: 'unreadable' } : { value: rate })
    }
  })

  it.each(cases.map((one) => [one.expected.about, one] as const))('cut anywhere: %s', (_about, { expected, bytes }) => {
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 60 }), (cuts) => {
        expectAsRecorded(read(bytes, cuts), expected)
      }),
      { numRuns: 60 },
    )
    expectAsRecorded(read(bytes, Array.from(bytes.keys())), expected)
  })
})

describe('the figures', () => {
  const piece = (content: string) => `data: {"choices":[{"delta":{"content":${JSON.stringify(content)}}}]}\n\n`
  const end = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'

  it('count from the request to the first text, and tokens after the first over the time they took', () => {
    const reader = readCompletion()
    reader.take('data: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n', 40)
    for (let at = 0; at <= 10; at++) reader.take(piece(`w${at} `), 250 + at * 50)
    reader.take(end, 990)
    expect(reader.finish()).toMatchObject({
      ok: true,
      proof: { ttftMs: 250, tokensPerSecond: { state: 'known', value: 20 }, outputTokens: 11, finishReason: 'stop' },
    })
  })

  const speedOf = (arrivalsMs: readonly number[], timings?: object) => {
    const reader = readCompletion()
    for (const atMs of arrivalsMs) reader.take(piece('a '), atMs)
    reader.take(timings === undefined ? end : `data: ${JSON.stringify({ timings })}\n${end}`, 9000)
    const found = reader.finish()
    return found.ok ? found.proof.tokensPerSecond : undefined
  }
  const none = { state: 'unreadable', why: 'too short to measure' }
  const tokens = (count: number, apartMs: number) => Array.from({ length: count }, (_, at) => 100 + at * apartMs)

  it('have no speed where an answer came all at once, as behind a gateway that holds it back, or has too few tokens', () => {
    expect(speedOf(tokens(32, 0))).toEqual(none)
    expect(speedOf(tokens(32, 0.2))).toEqual(none)
    expect(speedOf(tokens(3, 500))).toEqual(none)
    expect(speedOf(tokens(4, 500))).toEqual({ state: 'known', value: 2 })
  })

  it("have the server's own speed there, unless that too is one of no time at all", () => {
    expect(speedOf(tokens(32, 0), { predicted_per_second: 70 })).toEqual({ state: 'known', value: 70 })
    expect(speedOf(tokens(32, 0), { predicted_per_second: 33_000 })).toEqual(none)
    expect(speedOf(tokens(1, 0), { predicted_per_second: 7 })).toEqual(none)
    for (const unsound of [0, -1, 1e7]) expect(speedOf(tokens(32, 0), { predicted_per_second: unsound })).toEqual(none)
  })

  it('say the text as it comes, and nothing where there is none to show', () => {
    const said: string[] = []
    const reader = readCompletion((text) => said.push(text))
    for (const text of ['one ', '', '\u0000', 'x'.repeat(3000), 'more']) reader.take(piece(text), 1)
    expect(said.every((text) => text !== '')).toBe(true)
    expect(said[0]).toBe('one ')
    expect(said.join('').length).toBeLessThanOrEqual(2000)
  })

  it('are none of a line that never ends', () => {
    const reader = readCompletion()
    reader.take('x'.repeat(1024 * 1024 + 1), 1)
    reader.take(piece('after'), 2)
    reader.take(end, 3)
    expect(reader.finish()).toMatchObject({ ok: true, text: 'after' })
  })

  it('do not claim a rate from a single token', () => {
    const reader = readCompletion()
    reader.take(piece('one'), 10)
    reader.take(end, 900)
    expect(reader.finish()).toMatchObject({ ok: true, proof: { tokensPerSecond: { state: 'unreadable' } } })
  })
})

describe('anything else', () => {
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json().map((text) => `data: ${text}\n`),
    fc.constantFrom('data: ', '\n', 'data: {"choices":', 'data: [DONE]\n', '{"error":', '\r', '\0'),
  )

  it('never throws, and is a proof or a problem', () => {
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 40 }), (pieces) => {
        const reader = readCompletion()
        for (const [at, text] of pieces.entries()) reader.take(text, at)
        const found = reader.finish()
        if (found.ok) inferenceProof.parse(found.proof)
        else expect(found.problem).not.toBe('')
      }),
    )
  })

  it('never brings a figure or a word beyond its bounds', () => {
    const number = fc.oneof(fc.double().map(String), fc.constantFrom('1e999', '-0', '1e7', '9999999', '1e-320', 'null'))
    const event = fc
      .tuple(fc.string({ unit: 'binary' }), number, number, fc.string({ unit: 'binary', maxLength: 80 }))
      .map(
        ([content, tokens, rate, reason]) =>
          `data: {"choices":[{"delta":{"content":${JSON.stringify(content)}},"finish_reason":${JSON.stringify(reason)}}],` +
          `"usage":{"completion_tokens":${tokens}},"timings":{"predicted_per_second":${rate}}}\n`,
      )
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.double()), { minLength: 1, maxLength: 10 }), (events) => {
        const reader = readCompletion()
        for (const [text, at] of events) reader.take(text, at)
        const found = reader.finish()
        if (!found.ok) return
        expect(inferenceProof.parse(found.proof)).toEqual(found.proof)
        expect(found.proof.outputTokens).toBeLessThan(1e7)
        expect(found.text.length).toBeLessThanOrEqual(2000)
      }),
    )
  })

  it('keeps the beginning of an answer, not all of it', () => {
    const reader = readCompletion()
    for (let at = 0; at < 300; at++) {
      reader.take(`data: {"choices":[{"delta":{"content":"${'word '.repeat(20)}"},"finish_reason":"stop"}]}\n`, at)
    }
    const found = reader.finish()
    expect(found).toMatchObject({ ok: true, text: 'word '.repeat(400), proof: { outputTokens: 300 } })
  })

  it('is read soon, also a line of blanks and a line that comes byte by byte', () => {
    const began = performance.now()
    const reader = readCompletion()
    reader.take(`data: x${' '.repeat(900_000)}x\n`, 1)
    for (let at = 0; at < 500_000; at++) reader.take('x', at)
    expect(reader.finish()).toMatchObject({ ok: false })
    expect(performance.now() - began).toBeLessThan(3000)
  })

  it('names an error without words', () => {
    const reader = readCompletion()
    reader.take('data: {"error":{"message":"\\u0007"}}\n', 1)
    expect(reader.finish()).toEqual({ ok: false, problem: 'an error without a message' })
  })

  it('a line without an end does not fill the memory', () => {
    const reader = readCompletion()
    for (let at = 0; at < 64; at++) reader.take('x'.repeat(256 * 1024), at)
    expect(reader.finish()).toMatchObject({ ok: false })
  })
})
