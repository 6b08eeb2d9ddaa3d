// `npu-smi info -m`: which chip has which physical id, and so which node. Columns by the names of the header; rows of
// the controller (Mcu) are no chips.
import { wholeNumber, wordsOf } from '../lines.ts'

export type ChipPlace = {
  readonly index: number
  readonly chip: number
  /** As runtimes count them; those of a container count only what it was given. */
  readonly logicId: number | undefined
  /** N of /dev/davinciN; older drivers do not say it. */
  readonly physicalId: number | undefined
}

const names =
  /NPU ID|Chip Logic ID|Logic ID|Chip Phy(?:sical)?[- ]?ID|Phy(?:sical)?[- ]?ID|Chip ID|Slot ID|Device ID|Chip Name|Name/gi

/** Undefined where no line is such a header, or a row does not fit it. */
export function readMapping(lines: readonly string[]): readonly ChipPlace[] | undefined {
  const at = lines.findIndex((line) => /\bNPU ID\b/i.test(line) && /\bName\b/i.test(line))
  const header = lines[at]?.slice(0, 400)
  // A word that is no known column would move all after it.
  if (header === undefined || header.replace(names, '').trim() !== '') return undefined
  const columns = (header.match(names) ?? []).map((name) => name.toLowerCase())
  const rows = lines.slice(at + 1, at + 1 + 1024).filter((line) => /^\s{0,80}\d/.test(line))
  const places = rows.map((row) => placeOf(wordsOf(row), columns))
  return places.includes('other') ? undefined : places.filter((place) => typeof place === 'object')
}

function placeOf(words: readonly string[], columns: readonly string[]): ChipPlace | 'controller' | 'other' {
  const nameAt = columns.findIndex((column) => column.endsWith('name'))
  if (nameAt !== columns.length - 1 || words.length < columns.length) return 'other'
  if (/^mcu$/i.test(words.slice(nameAt).join(' '))) return 'controller'
  const number = (column: RegExp) => wholeNumber(words[columns.findIndex((one) => column.test(one))])
  const index = number(/^npu id$/)
  const chip = columns.includes('chip id') ? number(/^chip id$/) : 0
  if (index === undefined || chip === undefined) return 'other'
  return { index, chip, logicId: number(/logic/), physicalId: number(/phy/) }
}
