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
      // All at once: no time passed that a rate could be measured in, only the server knows.
      const rate = expected.serverRate
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

  it('a line without an end does not fill the memory', () => {
    const reader = readCompletion()
    for (let at = 0; at < 64; at++) reader.take('x'.repeat(256 * 1024), at)
    expect(reader.finish()).toMatchObject({ ok: false })
  })
})
