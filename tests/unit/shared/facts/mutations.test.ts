// Readers against answers that went wrong in ways nobody recorded: 2,000 mutations a reader (1,000 in CI), 100,000 in
// `npm run soak -- readers`. They may say "unreadable" as often as they like; they may not throw, be slow, or invent a
// device. The vendors' readers are in mutations-of-vendors.test.ts.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AcceleratorReport } from '../../../../shared/domain/accelerator.ts'
import { vendorReaders } from '../../../../shared/facts/accelerators/all.ts'
import { readNpuTable } from '../../../../shared/facts/accelerators/ascend-table.ts'
import { readNvidiaCsv } from '../../../../shared/facts/accelerators/nvidia-csv.ts'
import { allProbes } from '../../../../shared/facts/assemble.ts'
import { frameText, readFrames } from '../../../../shared/facts/frames.ts'
import type { Answers } from '../../../../shared/facts/probe.ts'
import {
  cases,
  millisecondsOf,
  mutate,
  mutated,
  mutation,
  mutationRuns as runs,
  slowMilliseconds,
  standsMutations,
  mutationTimeout as timeout,
} from './mutation-runs.ts'
import { answer, readers } from './recorded.ts'

function devicesOf(report: unknown) {
  const { devices } = report as AcceleratorReport
  return devices.state === 'known' ? devices.value : []
}

const vendors = vendorReaders.map(({ vendor }) => vendor)

describe.each(Object.keys(readers).filter((reader) => !vendors.includes(reader)))('%s', standsMutations)

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
