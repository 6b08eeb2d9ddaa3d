// Rows of a CSV file as spreadsheets and pandas write it (RFC 4180): quoted cells may hold commas, quotes and line breaks.
// Whatever it is, it ends: a row has a bounded number of cells, and an open quote runs to the end of the text at most.
const mostCells = 64

export type CsvRow = {
  /** Where it begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

export function* csvRows(text: string): Generator<CsvRow> {
  let [at, line] = [0, 1]
  while (at < text.length) {
    const row = rowAt(text, at)
    yield { line, cells: row.cells }
    line += breaksIn(text, at, row.next)
    at = row.next
  }
}

function rowAt(text: string, begin: number): { readonly cells: string[]; readonly next: number } {
  const cells: string[] = []
  let at = begin
  for (;;) {
    const cell = text[at] === '"' ? quotedAt(text, at) : plainAt(text, at)
    if (cells.length < mostCells) cells.push(cell.text)
    at = cell.next
    if (text[at] === ',') at += 1
    else break
  }
  if (text[at] === '\r') at += 1
  if (text[at] === '\n') at += 1
  return { cells, next: at }
}

type Cell = { readonly text: string; readonly next: number }

const plainEnd = /[,\r\n]/g

function plainAt(text: string, begin: number): Cell {
  plainEnd.lastIndex = begin
  const next = plainEnd.exec(text)?.index ?? text.length
  return { text: text.slice(begin, next), next }
}

/** What stands between its end and the next comma belongs to it, as spreadsheets read it. */
function quotedAt(text: string, begin: number): Cell {
  const parts: string[] = []
  let at = begin + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return { text: parts.join('') + text.slice(at), next: text.length }
    parts.push(text.slice(at, quote))
    at = quote + 1
    if (text[at] !== '"') break
    parts.push('"')
    at += 1
  }
  const rest = plainAt(text, at)
  return { text: parts.join('') + rest.text, next: rest.next }
}

function breaksIn(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
