// Answers that went wrong in ways nobody recorded: 2,000 a reader, or as many as a soak says, from the soak's seed; and
// what every reader has to stand.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { acceleratorReport } from '../../../../shared/domain/accelerator.ts'
import { facts } from '../../../../shared/domain/facts.ts'
import { vendorReaders } from '../../../../shared/facts/accelerators/all.ts'
import { allProbes, assembleFacts } from '../../../../shared/facts/assemble.ts'
import type { Answers } from '../../../../shared/facts/probe.ts'
import { type RecordedCase, readers, recordedCases } from './recorded.ts'

const seed = process.env['RACKSIDE_SEED']
const usual = process.env['RACKSIDE_CI'] === '1' ? 1000 : 2000
const numRuns = Number(process.env['RACKSIDE_MUTATIONS'] ?? usual)

export const mutationRuns = { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) }

/** Milliseconds: usual are 0.3 a run. */
export const mutationTimeout = 20_000 + numRuns * 10

export const cases = recordedCases()
/** Usual are 0.2 ms for a recorded answer and 30 ms for two million characters. */
export const slowMilliseconds = 1500

/** Of processor time: a machine that is busy with other things makes no reader slow. */
export function millisecondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** A cut, a copy, a replacement or noise at places given as parts of the whole length. */
export const mutation = fc.record({
  kind: fc.constantFrom('cut', 'copy', 'noise', 'digits', 'truncate', 'bars', 'commas'),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 120 }),
  noise: fc.string({ unit: 'binary', maxLength: 40 }),
})
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never

export function mutate(text: string, { kind, from, length, noise }: Mutation): string {
  const at = Math.floor(from * text.length)
  const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)]
  if (kind === 'cut') return before + after
  if (kind === 'copy') return before + piece + piece + after
  if (kind === 'noise') return before + noise + after
  if (kind === 'digits') return before + piece.replaceAll(/\d/g, '9') + after
  if (kind === 'truncate') return before
  return before + piece.replaceAll(kind === 'bars' ? '|' : ',', ' ') + after
}

export function mutated(one: RecordedCase, mutations: readonly Mutation[]): Answers {
  const change = (text: string) => mutations.reduce(mutate, text)
  return new Map(
    [...one.answers].map(([id, was]) => [id, was.stdout === '' ? was : { ...was, stdout: change(was.stdout) }]),
  )
}

/** What the facts as a whole miss of their schema. */
function wholeProblem(answers: Answers) {
  const takenAt = '2026-11-22T08:00:00.000Z'
  return facts.safeParse(assembleFacts({ takenAt, privilege: 'root', probes: allProbes, answers })).error
}

export function standsMutations(reader: string): void {
  const own = cases.filter((one) => one.reader === reader)
  const vendor = vendorReaders.find((one) => one.vendor === reader)

  it('never throws, is never slow and always fits the schema', { timeout: mutationTimeout }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.array(mutation, { minLength: 1, maxLength: 6 }), (one, mutations) => {
        const answers = mutated(one, mutations)
        let read: unknown
        expect(millisecondsOf(() => (read = readers[reader]?.(answers)))).toBeLessThan(slowMilliseconds)
        // A report of its own is quickly held against its schema; the whole, with all other readers, once in six times.
        if (vendor !== undefined) expect(acceleratorReport.safeParse(read).error).toBeUndefined()
        if (mutations.length === 1) expect(wholeProblem(answers)).toBeUndefined()
      }),
      mutationRuns,
    )
  })
}
