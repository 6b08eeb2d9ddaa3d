// Lines of a log as plain text: to be copied, to be saved.
import type { LogRow } from './log-store.ts'

/** Of this computer, to the millisecond. */
export function timeOfDay(atMs: number): string {
  const at = new Date(atMs)
  const [hours, minutes, seconds] = [at.getHours(), at.getMinutes(), at.getSeconds()].map((one) => twoDigits(one))
  return `${hours}:${minutes}:${seconds}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

/** With times in UTC. `cut` says what a long line lost, `marked` what became of the way there. */
export function plainText(
  rows: readonly LogRow[],
  { cut, marked }: { readonly cut: (bytes: number) => string; readonly marked: (row: LogRow) => string },
): string {
  return rows.map((row) => `${plainLine(row, cut) ?? `--- ${marked(row)}`}\n`).join('')
}

function plainLine({ line }: LogRow, cut: (bytes: number) => string): string | undefined {
  if (line === undefined) return undefined
  const time = line.atMs === null ? '' : `${new Date(line.atMs).toISOString()} `
  const stream = line.stream === 'stderr' ? 'stderr ' : ''
  return `${time}${stream}${line.text}${line.cutBytes === undefined ? '' : ` ${cut(line.cutBytes)}`}`
}
