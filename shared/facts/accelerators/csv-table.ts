// `--query-...=... --format=csv` as several vendors' tools answer it: with a header or without, with units or without.
// Columns are found by their names; without a header they are the ones that were asked for, in that order.
import { boundedLines } from '../lines.ts'

export type CsvRow = { readonly line: string; readonly text: (column: string) => string | undefined }
export type CsvTable = { readonly rows: readonly CsvRow[]; readonly others: readonly string[] }

const rowLimit = 512

/** `key` is the column that every row has; `asked` are the names of the columns of an answer without a header. */
export function csvTable(text: string, key: string, asked: readonly string[]): CsvTable {
  const lines = boundedLines(text).filter((line) => line.trim() !== '')
  const at = lines.findIndex((line) => namesOf(line).includes(key))
  const names = at < 0 ? asked : namesOf(lines[at] ?? '')
  const rows: CsvRow[] = []
  const others = lines.slice(0, Math.max(at, 0))
  for (const line of lines.slice(at + 1)) {
    const cells = line.split(',').map((cell) => cell.trim())
    if (cells.length === names.length && rows.length < rowLimit)
      rows.push({ line, text: (column) => cells[names.indexOf(column)] })
    else others.push(line)
  }
  return { rows, others }
}

/** "memory.total [MiB]" -> "memory.total". */
function namesOf(line: string): string[] {
  return line.split(',').map((cell) => (cell.split('[')[0] ?? '').trim().toLowerCase())
}
