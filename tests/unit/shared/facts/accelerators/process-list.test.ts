// The list of processes below a vendor's table: columns by the header, memory with and without units, and lists that
// break off.
import { describe, expect, it } from 'vitest'
import type { Accelerator } from '../../../../../shared/domain/accelerator.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { withProcesses } from '../../../../../shared/facts/accelerators/process-list.ts'

const mib = 1024 ** 2
const device = { index: 0 } as Accelerator
const of = (...lines: readonly string[]) =>
  withProcesses([device], ['| 0 | a |', 'Processes:', ...lines].join('\n'))[0]?.detail?.processes
const header = '| GPU  PID  Process name  Usage |'
const python = known([{ pid: 17, name: 'python', memoryBytes: known(5 * mib) }])

describe('a process', () => {
  it.each([
    ['in MiB', [header, '| 0  17  python  5MiB |'], python],
    ['with its unit apart', [header, '| 0  17  python  5 MiB |'], python],
    ['in MB', [header, '| 0  17  python  5 MB |'], python],
    ['in KB, glued', [header, '| 0  17  python  5120KB |'], python],
    ['without a unit', [header, '| 0  17  python  5 |'], python],
    ['with what it does', [header, '| 0  17  C  python  5MiB |'], python],
    ['with what it does', [header, '| 0  17  C+G  python  5MiB |'], python],
    ['of another device', [header, '| 1  17  python  5MiB |'], known([])],
    ['with a column between', ['| GPU  GI  PID  Name  Usage |', '| 0  N/A  17  python  5MiB |'], python],
    ['with such a column left blank', ['| GPU  GI  PID  Name  Usage |', '| 0  17  python  5MiB |'], python],
    [
      'called like a word of the list',
      [header, '| 0  17  C  5MiB |'],
      known([{ pid: 17, name: 'C', memoryBytes: known(5 * mib) }]),
    ],
    [
      'called nearly so',
      [header, '| 0  17  CC  run  5MiB |'],
      known([{ pid: 17, name: 'CC run', memoryBytes: known(5 * mib) }]),
    ],
    [
      'called nearly so',
      [header, '| 0  17  Go  run  5MiB |'],
      known([{ pid: 17, name: 'Go run', memoryBytes: known(5 * mib) }]),
    ],
    [
      'whose memory is not told',
      [header, '| 0 17 python N/A |'],
      known([{ pid: 17, name: 'python', memoryBytes: absent }]),
    ],
    [
      'whose memory is not told',
      [header, '| 0 17 python NA |'],
      known([{ pid: 17, name: 'python', memoryBytes: absent }]),
    ],
    [
      'whose memory is not told',
      [header, '| 0 17 python - |'],
      known([{ pid: 17, name: 'python', memoryBytes: absent }]),
    ],
  ])('%s', (_what, lines, processes) => {
    expect(of(...lines)).toEqual(processes)
  })

  it.each([
    ['| 0  x  python  5MiB |'],
    ['| 0  0  python  5MiB |'],
    ['| 0  17  python |'],
    ['| 0  17  python  5MiBs |'],
    ['| 0  17  python  x5MiB |'],
    ['| 0  17  python  5MiB  KBs |'],
  ])('is not understood as "%s", and so is none of the list', (row) => {
    const why = `not a process: ${row.replaceAll('|', '').trim().replace(/\s+/g, ' ')}`
    expect(of(header, '| 0  16  python  5MiB |', row)).toEqual(unreadable(why))
  })

  it('is not understood without a header', () => {
    expect(of('| 0  17  python  5MiB |')).toEqual(unreadable('not a process: 0 17 python 5MiB'))
  })
})

describe('a list', () => {
  it.each([
    ['that says so', [header, '| No running processes found |'], known([])],
    ['that says so', [header, '| no process |'], known([])],
    [
      'that says something else',
      [header, '| There are no processes |'],
      unreadable('the list of processes breaks off'),
    ],
    ['that breaks off', [header], unreadable('the list of processes breaks off')],
  ])('is empty %s', (_what, lines, processes) => {
    expect(of(...lines)).toEqual(processes)
  })

  it('has 512 rows, and is nothing to say where there is none', () => {
    const many = of(header, ...Array.from({ length: 600 }, (_, at) => `| 0 ${at + 1} p 5MiB |`))
    expect(many).toMatchObject({ state: 'known', value: { length: 512 } })
    expect(withProcesses([device], '| 0 | a |')).toEqual([device])
  })
})
