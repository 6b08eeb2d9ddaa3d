// Values of the XML of nvidia-smi, in the words of every tool: it writes some of its refusals without brackets.
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { elementAt, type XmlElement } from './nvidia-xml.ts'
import { countCell, numberCell, textCell } from './values.ts'

/** What NVML says of a device that it cannot reach any more. */
export const lostWords = /^\[?gpu (?:is lost|requires reset|has fallen off the bus)\]?\.?$/i
const refusals = /^(?:insufficient permissions|unknown error|not found|in use by another client|no data)$/i
/** Of a question that this driver answers elsewhere, or not any more. */
const deprecated = /^\[?requested functionality has been deprecated\]?$/i

/** Text of a leaf, refusals in brackets; undefined without such an element. */
export function cellAt(from: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  const text = elementAt(from, ...path)?.text
  if (text === undefined) return undefined
  if (deprecated.test(text)) return 'N/A'
  return lostWords.test(text) || refusals.test(text) ? `[${text.replace(/^\[|\]$/g, '')}]` : text
}

/** A text leaf. */
export function textAt(from: XmlElement | undefined, ...path: readonly string[]): Reading<string> {
  const cell = cellAt(from, ...path)
  return cell === undefined ? missing(path) : textCell(cell.slice(0, 190))
}

/** A whole number without a unit. */
export function countAt(from: XmlElement | undefined, ...path: readonly string[]): Reading<number> {
  const cell = cellAt(from, ...path)
  if (cell === undefined) return missing(path)
  const number = countCell(cell)
  return number.state !== 'known' || Number.isInteger(number.value) ? number : unreadable(`not a count: ${cell}`)
}

export function megahertzAt(from: XmlElement | undefined, ...path: readonly string[]): Reading<number> {
  const cell = cellAt(from, ...path)
  return cell === undefined ? missing(path) : numberCell(cell, /^MHz$/i, [0, 100_000])
}

/** "Yes" and "No", "Enabled" and "Disabled", "Active" and "Not Active". */
export function flagAt(from: XmlElement | undefined, ...path: readonly string[]): Reading<boolean> {
  const text = textAt(from, ...path)
  if (text.state !== 'known') return text
  if (/^(?:yes|enabled|active)$/i.test(text.value)) return known(true)
  if (/^(?:no|disabled|not active)$/i.test(text.value)) return known(false)
  return unreadable(`${path.at(-1)}: ${evidence(text.value, 60)}`)
}

/** An element that is not there is a layout that was not understood, unless a caller knows better. */
export function missing(path: readonly string[]): Reading<never> {
  return unreadable(`nvidia-smi -q -x has no ${path.join('/')}`)
}

/** The sum of what is known; unreadable if one of them is; absent without any. */
export function sumOf(counts: readonly Reading<number>[]): Reading<number> {
  const broken = counts.find((one) => one.state === 'unreadable')
  if (broken !== undefined) return broken
  const values = counts.flatMap((one) => (one.state === 'known' ? [one.value] : []))
  return values.length === 0 ? absent : known(values.reduce((sum, one) => sum + one, 0))
}
