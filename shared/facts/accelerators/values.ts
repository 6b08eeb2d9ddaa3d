// Cells of vendor tools: numbers with and without units, and the many words for "nothing here".
// A cell that is not understood is unreadable, never 0.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'

// accelerators.md 0.5, all seen in real outputs. The second set says that something is wrong, and so
// does any other word in brackets.
const nothing = new Set(['n/a', 'na', '-', '--', 'not supported', 'none'])
const trouble = new Set(['unknown error', 'err!', 'unknown'])

/** Absent or unreadable where the cell is one of the known words; undefined where it holds a value. */
function nullWord(cell: string): Reading<never> | undefined {
  const trimmed = cell.trim().slice(0, 300)
  const bracketed = trimmed.startsWith('[') && trimmed.endsWith(']')
  const word = (bracketed ? trimmed.slice(1, -1) : trimmed).trim().toLowerCase()
  if (word === '') return unreadable('the tool printed nothing here')
  if (nothing.has(word)) return absent
  return bracketed || trouble.has(word) ? unreadable(evidence(cell, 100)) : undefined
}

export function textCell(cell: string | undefined): Reading<string> {
  if (cell === undefined) return unreadable('the tool printed no such column')
  return nullWord(cell) ?? known(evidence(cell, 200))
}

/** A number in a range; `unit` is a pattern of the units that may follow it. */
export function numberCell(cell: string | undefined, unit: RegExp, range: readonly [number, number]): Reading<number> {
  if (cell === undefined) return unreadable('the tool printed no such column')
  const word = nullWord(cell)
  if (word !== undefined) return word
  const match = /^(-?\d{1,12}(?:\.\d{1,6})?)\s*(\D{0,12})$/.exec(cell.trim().slice(0, 60))
  const value = Number(match?.[1])
  const fits = match !== null && (match[2] === '' || unit.test(match[2] ?? ''))
  if (!fits || value < range[0] || value > range[1]) return unreadable(`not a value: ${evidence(cell, 60)}`)
  return known(value)
}

export const percentRange = [0, 100] as const
export const celsiusRange = [-60, 250] as const
export const wattRange = [0, 20_000] as const
/** °C also comes as the one character U+2103, or broken by a decoder. */
const celsius = /^(?:[\u00b0\ufffd]*\s*C|\u2103)$/i

export function percentCell(cell: string | undefined): Reading<number> {
  return numberCell(cell, /^%$/, percentRange)
}

export function celsiusCell(cell: string | undefined): Reading<number> {
  return numberCell(cell, celsius, celsiusRange)
}

export function wattCell(cell: string | undefined): Reading<number> {
  return numberCell(cell, /^W$/i, wattRange)
}

/** Of errors: a bare number. */
export function countCell(cell: string | undefined): Reading<number> {
  return numberCell(cell, /^$/, [0, 1e12])
}

const unitBytes = new Map([
  ['b', 1],
  ['kib', 1024],
  ['kb', 1024],
  ['mib', 1024 ** 2],
  // accelerators.md 0.4: "MB" of these tools is MiB.
  ['mb', 1024 ** 2],
  ['gib', 1024 ** 3],
  ['gb', 1024 ** 3],
])

/** Bytes of a memory cell. The cell's own unit counts, else `unit` (of the column), else MiB. */
export function memoryCell(cell: string | undefined, unit: string): Reading<number> {
  const number = numberCell(cell, /^[a-z]{1,3}$/i, [0, 1e12])
  if (number.state !== 'known') return number
  const own = /[a-z]+$/i.exec((cell ?? '').trim().slice(0, 60))?.[0] ?? (unit || 'MiB')
  const bytes = Math.round(number.value * (unitBytes.get(own.toLowerCase()) ?? Number.NaN))
  return Number.isSafeInteger(bytes) ? known(bytes) : unreadable(`not a memory size: ${evidence(cell ?? '', 60)}`)
}

/**
 * "00000000:34:00.0", "0000000F:01:00.0", "0000:C1:00.0" and "c1:00.0" in sysfs's words: lower case,
 * domain of at least four digits.
 */
export function pciAddressCell(cell: string | undefined): Reading<string> {
  if (cell === undefined) return unreadable('the tool printed no such column')
  const word = nullWord(cell)
  if (word !== undefined) return word
  const parts = /^(?:([0-9a-f]{4,8}):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/.exec(
    cell.trim().toLowerCase().slice(0, 40),
  )
  if (parts === null) return unreadable(`not a PCI address: ${evidence(cell, 60)}`)
  const domain = Number.parseInt(parts[1] ?? '0', 16)
    .toString(16)
    .padStart(4, '0')
  return known(`${domain}:${parts[2]}:${parts[3]}.${parts[4]}`)
}

/** A used amount above the total says that the cells were not understood. */
export function checkedMemory(
  total: Reading<number>,
  used: Reading<number>,
): Pick<Accelerator, 'memoryTotalBytes' | 'memoryUsedBytes'> {
  const both = total.state === 'known' && used.state === 'known'
  if (total.state === 'known' && total.value === 0) {
    return {
      memoryTotalBytes: unreadable('the tool printed 0'),
      memoryUsedBytes: unreadable('the tool printed a total of 0'),
    }
  }
  if (both && used.value > total.value) {
    return {
      memoryTotalBytes: unreadable('used is more than total'),
      memoryUsedBytes: unreadable('used is more than total'),
    }
  }
  return { memoryTotalBytes: total, memoryUsedBytes: used }
}
