// The processes under the table of npu-smi: which columns there are, which rows are none, and which cards are idle.
import { describe, expect, it } from 'vitest'
import { known, unreadable } from '../../../../../shared/domain/reading.ts'
import { isProcessHeader, readProcesses } from '../../../../../shared/facts/accelerators/ascend-processes.ts'

const mib = 1024 ** 2
const header = '| NPU     Chip              | Process id    | Process name             | Process memory(MB)      |'
const unsaid = unreadable('npu-smi says nothing about the processes of this chip')
const of = (lines: readonly string[], index = 0, chip = 0) => readProcesses(lines)({ index, chip })
const python = { pid: 17, name: 'python', memoryBytes: known(5 * mib) }

it.each([
  [header, true],
  ['PROCESS   ID', true],
  ['Process name', false],
  ['processid', false],
])('"%s" is the header: %s', (line, is) => {
  expect(isProcessHeader(line)).toBe(is)
})

describe('readProcesses', () => {
  it.each([
    [
      'a chip',
      [header, '| 0       0                 | 17            | python                   | 5                       |'],
    ],
    ['another unit', [header.replace('(MB)', ' (KB)'), '| 0 0 | 17 | python | 5120 |']],
    ['no unit', [header.replace('(MB)', ''), '| 0 0 | 17 | python | 5 |']],
    ['no chip', ['| NPU | Process id | Process name | Process memory(MB) |', '| 0 | 17 | python | 5 |']],
    [
      'the container too',
      ['| NPU Chip | Process id | Process name | Process memory(MB) | Container |', '| 0 0 | 17 | python | 5 | 5120 |'],
    ],
  ])('with %s', (_what, lines) => {
    expect(of(lines)).toEqual(known([python]))
  })

  it('takes the process of the chip that was asked about, and names of several words', () => {
    const lines = [header, '| 0 0 | 17 | python | 5 |', '| 0 1 | 18 | my own server | 6 |', '| 1 0 | 19 | other | 7 |']
    expect(of(lines, 0, 1)).toEqual(known([{ pid: 18, name: 'my own server', memoryBytes: known(6 * mib) }]))
    expect(of(lines, 1, 1)).toEqual(known([]))
    expect(of(lines, 2, 0)).toEqual(unsaid)
  })

  it.each([
    ['| 0 0 | 0 | python | 5 |'],
    ['| 0 0 | x | python | 5 |'],
    ['| 0 x | 17 | python | 5 |'],
    ['| x 0 | 17 | python | 5 |'],
    ['| 0 0 | 17 |'],
    ['+=====+=====+'],
    [''],
  ])('finds no process in "%s"', (line) => {
    expect(of([header, line])).toEqual(unsaid)
  })

  it('says that nothing runs on the cards that are named, or on all', () => {
    const idle = [header, '| No running processes found in NPU 13 |', '| no running processes found in NPU   4 |']
    expect([of(idle, 13), of(idle, 4), of(idle, 1)]).toEqual([known([]), known([]), unsaid])
    expect(of([header, '| No running processes found |'], 9)).toEqual(known([]))
    expect(of([header, '| Processes found in NPU 9 |'], 9)).toEqual(unsaid)
  })

  it('reads 1024 rows', () => {
    const rows = Array.from({ length: 1100 }, (_, at) => `| 0 0 | ${at + 1} | p | 5 |`)
    expect(of([header, ...rows])).toMatchObject({ state: 'known', value: { length: 1024 } })
  })

  it('says nothing without a line', () => {
    expect(of([])).toEqual(unsaid)
  })
})
