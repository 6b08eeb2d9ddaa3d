// What `npu-smi info -t health` and `-t ecc` say of a chip that is not well. Pages of "Key : value" lines whose keys
// differ between drivers; a chip that cannot be asked says so in a sentence, which is no fault.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { wholeNumber } from '../lines.ts'

type Detail = NonNullable<Accelerator['detail']>
export type ChipTrouble = Pick<
  Detail,
  'faults' | 'correctedMemoryErrors' | 'uncorrectedMemoryErrors' | 'pendingRetirements'
>
type Pages = {
  readonly health: readonly string[] | undefined
  readonly ecc: readonly string[] | undefined
  /** Why a page is not there. */
  readonly why: string
}

/** Memory errors only where the page was printed. */
export function readTrouble({ health, ecc, why }: Pages): ChipTrouble {
  return {
    faults: health === undefined ? unreadable(why) : faultsOf(health),
    ...(ecc === undefined ? {} : memoryErrorsOf(ecc)),
  }
}

type Pair = readonly [key: string, value: string]

/** A line without a key goes on with the value before it. */
function pairsOf(lines: readonly string[]): Pair[] {
  const pairs: Pair[] = []
  for (const line of lines.slice(0, 200)) {
    const match = /^\s{0,40}([A-Za-z][^:]{0,60}?)\s{0,60}:\s{0,9}(.{0,300})/.exec(line)
    const last = pairs.at(-1)
    if (match !== null) pairs.push([(match[1] ?? '').toLowerCase(), (match[2] ?? '').trim()])
    else if (line.trim() !== '' && last !== undefined) pairs[pairs.length - 1] = [last[0], `${last[1]} ${line.trim()}`]
  }
  return pairs
}

const isNothing = (value: string | undefined) => value === undefined || /^(?:NA|N\/A|-|none|)$/i.test(value)

/** `Error Code : 80E3A203`, several with commas or as several pairs; the information after a code belongs to it. */
function faultsOf(lines: readonly string[]): NonNullable<Detail['faults']> {
  const pairs = pairsOf(lines)
  if (!pairs.some(([key]) => key === 'error code')) return notAnswered(lines)
  const faults: { code: string; text: string }[] = []
  let codes: string[] = []
  for (const [key, value] of pairs) {
    if (key === 'error code') {
      codes = isNothing(value) ? [] : value.split(/[\s,;]+/, 16).filter((code) => /^(?:0x)?[0-9a-f]{2,16}$/i.test(code))
      if (codes.length === 0 && !isNothing(value)) return unreadable(`npu-smi: ${evidence(value, 100)}`)
      faults.push(...codes.map((code) => ({ code, text: '' })))
    }
    if (key === 'error information' && !isNothing(value)) {
      const text = evidence(value, 290)
      for (const fault of codes.length === 0 ? [] : faults.slice(-codes.length)) fault.text = text
    }
  }
  return known(faults.slice(0, 32))
}

/** HBM where the chip has it, else DDR; the counters of now, not the aggregate ones. */
function memoryErrorsOf(lines: readonly string[]): Omit<ChipTrouble, 'faults'> {
  const pairs = pairsOf(lines)
  const kind = pairs.some(([key]) => key.startsWith('hbm ')) ? 'hbm' : 'ddr'
  const own = pairs.filter(([key]) => key.startsWith(`${kind} `))
  const sum = (pattern: RegExp): Reading<number> => {
    if (own.length === 0) return notAnswered(lines)
    const cells = own.flatMap(([key, value]) => (pattern.test(key) && !isNothing(value) ? [value] : []))
    const counts = cells.flatMap((cell) => wholeNumber(cell) ?? [])
    if (counts.length < cells.length) return unreadable(`not a count: ${evidence(cells.join(', '), 100)}`)
    return counts.length === 0 ? absent : known(counts.reduce((all, one) => all + one, 0))
  }
  return {
    correctedMemoryErrors: sum(/ single bit error count$/),
    uncorrectedMemoryErrors: sum(/ double bit error count$/),
    pendingRetirements: sum(/ next[- ]isolated pages count$/),
  }
}

/** A question that this device does not know is no fault. */
function notAnswered(lines: readonly string[]): Reading<never> {
  const said = lines.join('\n')
  if (/not support/i.test(said)) return absent
  return unreadable(said.trim() === '' ? 'npu-smi said nothing' : `npu-smi: ${evidence(said, 150)}`)
}
