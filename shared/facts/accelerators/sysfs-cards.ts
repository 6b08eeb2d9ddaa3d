// Graphics cards as the kernel describes them in small text files: the same for the drivers of two makers. A shell reads
// them itself, so that a sample costs no process, and prints `card NAME` and `key=value` lines.
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { textCell } from './values.ts'

/**
 * sh functions: `show KEY FILE` prints the first line of a file that is there, `KEY=!` where it cannot be read;
 * `card FOLDER` prints what every card has (`device` is its folder of the bus).
 */
export const cardFunctions = `show() {
  [ -e "$2" ] || return 0
  value=
  { IFS= read -r value <"$2"; } 2>/dev/null || [ -n "$value" ] || value=!
  printf '%s=%s\\n' "$1" "$value"
}
card() {
  printf 'card %s\\n' "\${1##*/}"
  while read -r line; do printf '%s\\n' "$line"; done <"$1/device/uevent"
  for node in "$1/device/drm/renderD"*; do [ ! -e "$node" ] || echo "node=/dev/dri/\${node##*/}"; done
  for sensors in "$1/device/hwmon/hwmon"*; do
    for file in temp1_input temp1_label temp2_input temp2_label power1_average power1_input power1_cap power1_max freq1_input freq2_input; do
      show "$file" "$sensors/$file"
    done
  done
}`

export type SysfsCard = { readonly name: string; readonly values: ReadonlyMap<string, string> }

/** Undefined where the text does not begin with `head`. What comes before the first card has the empty name. */
export function readCards(text: string, head: string): SysfsCard[] | undefined {
  const [first, ...lines] = boundedLines(text)
  if (first !== head) return undefined
  const cards: { readonly name: string; readonly values: Map<string, string> }[] = [{ name: '', values: new Map() }]
  for (const line of lines) {
    const name = /^card ([a-z]{4,5}\d{1,4})$/.exec(line)?.[1]
    if (name !== undefined && cards.length < 130) cards.push({ name, values: new Map() })
    const at = line.indexOf('=')
    const values = cards.at(-1)?.values
    if (at > 0 && values !== undefined && values.size < 100 && !values.has(line.slice(0, at)))
      values.set(
        line.slice(0, at),
        line
          .slice(at + 1)
          .trim()
          .slice(0, 200),
      )
  }
  return cards
}

/** The kernel has no file, or an empty one, for what the card has not. */
export function cardText({ values }: SysfsCard, key: string): Reading<string> {
  const text = values.get(key)
  if (text === undefined || text === '') return absent
  return text === '!' ? unreadable(`${key} could not be read`) : textCell(text)
}

/** A whole number divided by `factor`, in a range. The kernel has no file for what the card has not. */
export function cardNumber(
  { values }: SysfsCard,
  key: string,
  { factor, range }: { readonly factor: number; readonly range: readonly [number, number] },
): Reading<number> {
  const text = values.get(key)
  if (text === undefined) return absent
  const number = wholeNumber(text.replace(/^-/, ''))
  const value = number === undefined ? Number.NaN : (number * (text.startsWith('-') ? -1 : 1)) / factor
  if (!(value >= range[0] && value <= range[1])) return unreadable(`${key} could not be read`)
  return known(value)
}
