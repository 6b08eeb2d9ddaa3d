// Where a word stands in the lines that are shown. Letters are letters, whatever their size.
import type { LogRow } from './log-store.ts'

const smallLetters = new WeakMap<LogRow, string>()

function lowered(row: LogRow): string {
  let text = smallLetters.get(row)
  if (text === undefined) {
    text = (row.line?.text ?? '').toLowerCase()
    smallLetters.set(row, text)
  }
  return text
}

/** Places in the list, in order; none for an empty word. */
export function matchesIn(rows: readonly LogRow[], word: string): number[] {
  const wanted = word.toLowerCase()
  if (wanted === '') return []
  const found: number[] = []
  for (const [place, row] of rows.entries()) if (lowered(row).includes(wanted)) found.push(place)
  return found
}

/** A text as parts, of which every second one is the word. */
export function partsAround(text: string, word: string): string[] {
  const wanted = word.toLowerCase()
  const small = text.toLowerCase()
  // Some letters are longer when they are small: then no place in one text is a place in the other.
  if (wanted === '' || small.length !== text.length) return [text]
  const parts: string[] = []
  let from = 0
  for (let at = small.indexOf(wanted); at >= 0; at = small.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length))
    from = at + wanted.length
  }
  return [...parts, text.slice(from)]
}
