// Rows of a CSV file as spreadsheets and pandas write it (RFC 4180): quoted cells may hold commas, quotes and line breaks.
// Whatever it is, it ends, in the time that its length takes: a row has a bounded number of cells, and a cell a bounded
// length. Where one is longer, as where a quote is never closed, its row is refused and reading goes on with the next line.
const mostCells = 64
/** A question or all of its options have less. */
export const longestCell = 64 * 1024

export type CsvRow = {
  /** Where it begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  /** One of its cells is too long: it is not whole. */
  readonly isCut: boolean
}

export function* csvRows(text: string): Generator<CsvRow> {
  let [at, line] = [0, 1]
  while (at < text.length) {
    const { next, ...row } = rowAt(text, at)
    yield { line, ...row }
    line += breaksIn(text, at, next)
    at = next
  }
}

type Row = Omit<CsvRow, 'line'> & { readonly next: number }

function rowAt(text: string, begin: number): Row {
  const cells: string[] = []
  let at = begin
  for (;;) {
    const cell = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at)
    // From the line after where that cell begins: no other quote was opened since, so nothing is read more than twice.
    if (cell === undefined) return { cells, isCut: true, next: afterLine(text, at) }
    if (cells.length < mostCells) cells.push(cell.text)
    at = cell.next
    if (text[at] === ',') at += 1
    else break
  }
  return { cells, isCut: false, next: afterBreak(text, at) }
}

type Cell = { readonly text: string; readonly next: number }

/** Undefined where it is too long. */
function plainAt(text: string, begin: number): Cell | undefined {
  const next = indexOf(text, begin, endsPlain)
  return next - begin > longestCell ? undefined : { text: text.slice(begin, next), next }
}

/** What stands between its end and the next comma belongs to it, as spreadsheets read it. */
function quotedAt(text: string, begin: number): Cell | undefined {
  const parts: string[] = []
  let at = begin + 1
  for (;;) {
    const most = begin + longestCell
    const quote = indexOf(text, at, isQuote, most)
    if (quote >= most) return undefined
    parts.push(text.slice(at, quote))
    if (quote === text.length) return { text: parts.join(''), next: quote }
    at = quote + 1
    if (text[at] !== '"') break
    parts.push('"')
    at += 1
  }
  const rest = plainAt(text, at)
  return rest === undefined ? undefined : { text: parts.join('') + rest.text, next: rest.next }
}

const isQuote = (code: number) => code === 0x22
const isBreak = (code: number) => code === 0x0a || code === 0x0d
const endsPlain = (code: number) => code === 0x2c || isBreak(code)

/** The first of those, or the end: of the text, or of what is looked at. */
function indexOf(text: string, from: number, isWanted: (code: number) => boolean, most = text.length): number {
  const end = Math.min(text.length, most)
  let at = from
  while (at < end && !isWanted(text.charCodeAt(at))) at += 1
  return at
}

function afterLine(text: string, from: number): number {
  return afterBreak(text, indexOf(text, from, isBreak))
}

/** Behind the line end that stands there: "\r\n", "\n", or "\r" alone. */
function afterBreak(text: string, at: number): number {
  if (text[at] === '\r') return text[at + 1] === '\n' ? at + 2 : at + 1
  return text[at] === '\n' ? at + 1 : at
}

function breaksIn(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x0a || (code === 0x0d && text.charCodeAt(at + 1) !== 0x0a)) count += 1
  }
  return count
}
