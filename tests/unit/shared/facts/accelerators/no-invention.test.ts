// What no reader may do, whatever became of its tool's answer: make up a device. Its number stands in the answer, and
// no two devices have one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceleratorKey } from '../../../../../shared/domain/sample.ts'
import { vendorReaders } from '../../../../../shared/facts/accelerators/all.ts'
import { mutationRuns, mutationTimeout as timeout } from '../mutation-runs.ts'
import { answer, recordedCases } from '../recorded.ts'

const cases = recordedCases()

const change = fc.record({
  kind: fc.constantFrom('cut', 'copy', 'digits', 'truncate', 'bars', 'twice'),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 300 }),
})
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function changed(text: string, { kind, from, length }: Change): string {
  const at = Math.floor(from * text.length)
  const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)]
  if (kind === 'cut') return before + after
  if (kind === 'copy') return before + piece + piece + after
  if (kind === 'digits') return before + piece.replaceAll(/\d/g, '9') + after
  if (kind === 'truncate') return before
  return kind === 'twice' ? text + text : before + piece.replaceAll('|', ' ') + after
}

describe.each(vendorReaders.map((reader) => [reader.vendor, reader] as const))('a device of %s', (vendor, reader) => {
  const own = cases.flatMap((one) =>
    one.reader === vendor ? [one.answers.get(reader.sampleProbe.id)?.stdout ?? ''] : [],
  )

  it('is never invented', { timeout }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.array(change, { minLength: 1, maxLength: 6 }), (text, changes) => {
        const stdout = changes.reduce(changed, text)
        const { devices } = reader.readSample(answer(reader.sampleProbe.id, stdout))
        const found = devices.state === 'known' ? devices.value : []
        const numbers = new Set((stdout.match(/\d+/g) ?? []).map(Number))
        expect(new Set(found.map(acceleratorKey)).size).toBe(found.length)
        // NPUs beside GPUs of the same maker count from 256; intel_gpu_top looks at one GPU and numbers none.
        for (const { index } of stdout.includes('"engines"') ? found.slice(1) : found)
          expect(numbers.has(index) || numbers.has(index - 256)).toBe(true)
      }),
      mutationRuns,
    )
  })
})

describe('a text that nobody understands', () => {
  it('has no device for any reader', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        for (const { sampleProbe, readSample } of vendorReaders)
          expect(readSample(answer(sampleProbe.id, text)).devices.state).not.toBe('known')
      }),
      { numRuns: 200 },
    )
  })
})
