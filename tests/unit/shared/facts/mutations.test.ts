// Readers against answers that went wrong in ways nobody recorded: 2,000 mutations a reader, 100,000 in
// `npm run soak -- readers`. They may say "unreadable" as often as they like; they may not throw, be slow, or invent a
// device.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AcceleratorReport, acceleratorReport } from '../../../../shared/domain/accelerator.ts'
import { facts } from '../../../../shared/domain/facts.ts'
import { vendorReaders } from '../../../../shared/facts/accelerators/all.ts'
import { readNpuTable } from '../../../../shared/facts/accelerators/ascend-table.ts'
import { readNvidiaCsv } from '../../../../shared/facts/accelerators/nvidia-csv.ts'
import { allProbes, assembleFacts } from '../../../../shared/facts/assemble.ts'
import { frameText, readFrames } from '../../../../shared/facts/frames.ts'
import type { Answers } from '../../../../shared/facts/probe.ts'
import { mutationRuns as runs, mutationTimeout as timeout } from './mutation-runs.ts'
import { answer, type RecordedCase, readers, recordedCases } from './recorded.ts'

const cases = recordedCases()
/** Usual are 0.2 ms for a recorded answer and 30 ms for two million characters. */
const slowMilliseconds = 1500

/** Of processor time: a machine that is busy with other things makes no reader slow. */
function millisecondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** A cut, a copy, a replacement or noise at places given as parts of the whole length. */
const mutation = fc.record({
  kind: fc.constantFrom('cut', 'copy', 'noise', 'digits', 'truncate', 'bars', 'commas'),
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 120 }),
  noise: fc.string({ unit: 'binary', maxLength: 40 }),
})
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never

function mutate(text: string, { kind, from, length, noise }: Mutation): string {
  const at = Math.floor(from * text.length)
  const [before, piece, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)]
  if (kind === 'cut') return before + after
  if (kind === 'copy') return before + piece + piece + after
  if (kind === 'noise') return before + noise + after
  if (kind === 'digits') return before + piece.replaceAll(/\d/g, '9') + after
  if (kind === 'truncate') return before
  return before + piece.replaceAll(kind === 'bars' ? '|' : ',', ' ') + after
}

function mutated(one: RecordedCase, mutations: readonly Mutation[]): Answers {
  const change = (text: string) => mutations.reduce(mutate, text)
  return new Map(
    [...one.answers].map(([id, was]) => [id, was.stdout === '' ? was : { ...was, stdout: change(was.stdout) }]),
  )
}

function devicesOf(report: unknown) {
  const { devices } = report as AcceleratorReport
  return devices.state === 'known' ? devices.value : []
}

/** What the facts as a whole miss of their schema. */
function wholeProblem(answers: Answers) {
  const takenAt = '2026-11-22T08:00:00.000Z'
  return facts.safeParse(assembleFacts({ takenAt, privilege: 'root', probes: allProbes, answers })).error
}

describe.each(Object.keys(readers))('%s', (reader) => {
  const own = cases.filter((one) => one.reader === reader)
  const vendor = vendorReaders.find((one) => one.vendor === reader)

  it('never throws, is never slow and always fits the schema', { timeout }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.array(mutation, { minLength: 1, maxLength: 6 }), (one, mutations) => {
        const answers = mutated(one, mutations)
        let read: unknown
        expect(millisecondsOf(() => (read = readers[reader]?.(answers)))).toBeLessThan(slowMilliseconds)
        // A report of its own is quickly held against its schema; the whole, with all other readers, once in six times.
        if (vendor !== undefined) expect(acceleratorReport.safeParse(read).error).toBeUndefined()
        if (mutations.length === 1) expect(wholeProblem(answers)).toBeUndefined()
      }),
      runs,
    )
  })
})

describe('a device', () => {
  const rows = (answers: Answers, id: string) =>
    (answers.get(id)?.stdout ?? '').split('\n').filter((line) => line.trim() !== '')

  it('of nvidia is never invented', { timeout }, () => {
    const own = cases.filter((one) => one.reader === 'nvidia')
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.array(mutation, { minLength: 1, maxLength: 6 }), (one, mutations) => {
        const answers = mutated(one, mutations)
        const devices = devicesOf(readers['nvidia']?.(answers))
        const lines = rows(answers, 'nvidia-smi').filter((line) => line.includes(','))
        // The XML stands in where the query gave no row: by its place in the list, or its minor number.
        const xml = answers.get('nvidia-smi-xml')?.stdout ?? ''
        const elements = xml.split(/<gpu[\s/>]/).length - 1
        expect(devices.length).toBeLessThanOrEqual(Math.max(elements, lines.length - 1))
        expect(new Set(devices.map((device) => device.index)).size).toBe(devices.length)
        const isTold = (index: number) =>
          lines.some((line) => line.split(',').some((cell) => Number(cell) === index)) ||
          index < elements ||
          new RegExp(`<minor_number>\\s*0*${index}\\s*<`).test(xml)
        for (const { index } of devices) expect(isTold(index)).toBe(true)
      }),
      runs,
    )
  })

  it('of ascend is never invented', { timeout }, () => {
    const own = cases.filter((one) => one.reader === 'ascend')
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.array(mutation, { minLength: 1, maxLength: 6 }), (one, mutations) => {
        const answers = mutated(one, mutations)
        const devices = devicesOf(readers['ascend']?.(answers))
        const lines = rows(answers, 'npu-smi').filter((line) => line.includes('|'))
        expect(devices.length).toBeLessThanOrEqual(Math.floor(lines.length / 2))
        expect(new Set(devices.map((device) => `${device.index} ${device.chip}`)).size).toBe(devices.length)
        for (const { index } of devices) expect(lines.some((line) => line.includes(String(index)))).toBe(true)
      }),
      runs,
    )
  })

  it('is never read from text without rows', { timeout }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(readNvidiaCsv(text).devices).toEqual([])
        expect(readNpuTable(text).devices).toEqual([])
      }),
      runs,
    )
  })
})

describe('readFrames', () => {
  it('never throws on mutated frames and gives no id that was not asked', { timeout }, () => {
    const nonce = 'abcdefgh12345678'
    const text = ['a', 'b', 'c'].map((id) => frameText(nonce, id, `answer of ${id}\n`)).join('')
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        for (const [id, one] of readFrames(mutations.reduce(mutate, text), nonce)) {
          expect(id).toMatch(/^[a-z0-9.-]{1,60}$/)
          if (one.damage === undefined && one.state === 'answered') expect(one.stdout.length).toBeLessThan(400)
        }
      }),
      runs,
    )
  })
})

describe('two million characters', () => {
  const unit = [
    'a',
    ' ',
    '0',
    '|',
    ',',
    '/',
    '0 / ',
    '| 0 ',
    '0:',
    '[',
    'Version: npu-smi ',
    '\n',
    '1,\n',
    '| 0 | OK | 1 2 3 / 4 |\n',
    '{"Id":',
    '<a>',
    '<',
    '<gpu id="0">',
  ]

  it.each(unit)('of %j are read soon by every reader', (piece) => {
    const text = piece.repeat(Math.ceil(2_000_000 / piece.length))
    const answers: Answers = new Map(allProbes.map((probe) => [probe.id, answer(probe.id, text)]))
    for (const read of Object.values(readers))
      expect(millisecondsOf(() => read(answers))).toBeLessThan(slowMilliseconds)
  })
})
