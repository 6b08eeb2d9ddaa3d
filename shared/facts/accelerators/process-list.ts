// The list of processes below a vendor's table: index of the device, process id, name, memory. Where the id stands is
// said by the header, because some tools have a column between.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { known, unreadable } from '../../domain/reading.ts'
import { wholeNumber, wordsOf } from '../lines.ts'
import { partsOf } from './bar-table.ts'
import { withDetail } from './several-answers.ts'
import { memoryCell } from './values.ts'

type Processes = NonNullable<NonNullable<Accelerator['detail']>['processes']>
type Row = { readonly index: number; readonly process: (Processes & { state: 'known' })['value'][number] }

const rowLimit = 512

/** The devices of a table with what the list below it says; as they are where the tool printed no list. */
export function withProcesses(devices: readonly Accelerator[], text: string): Accelerator[] {
  const processes = processesIn(text)
  return devices.map((device) => withDetail(device, { processes: processes?.(device.index) }))
}

/** What each device's processes are, by the device's index; undefined where the tool printed no list. */
function processesIn(text: string): ((index: number) => Processes) | undefined {
  const lines = partsOf(text).processes?.map((line) => wordsOf(line.replaceAll('|', ' ')))
  if (lines === undefined) return undefined
  const pidAt = lines.find((words) => words.includes('PID'))?.indexOf('PID') ?? -1
  const rows = lines.filter((words) => wholeNumber(words[0]) !== undefined).slice(0, rowLimit)
  const none = lines.some((words) => /^no .{0,20}process/i.test(words.join(' ').slice(0, 60)))
  const read = rows.map((words) => rowOf(words, pidAt))
  const bad = rows[read.indexOf(undefined)]
  if (bad !== undefined) return () => unreadable(`not a process: ${evidence(bad.join(' '), 100)}`)
  if (rows.length === 0 && !none) return () => unreadable('the list of processes breaks off')
  const found = read.filter((row): row is Row => row !== undefined)
  return (index) => known(found.filter((row) => row.index === index).map((row) => row.process))
}

function rowOf(words: readonly string[], pidAt: number): Row | undefined {
  // The column between is blank where it does not apply, and then the id stands one word earlier.
  const at = wholeNumber(words[pidAt]) === undefined ? pidAt - 1 : pidAt
  const [index, pid] = [wholeNumber(words[0]), wholeNumber(words[at])]
  if (at < 1 || index === undefined || pid === undefined || pid === 0) return undefined
  // Some say first what the process does on the device: compute, graphics.
  const rest = words.slice(/^(?:C|G|C\+G|M\+C)$/.test(words[at + 1] ?? '') && words.length > at + 3 ? at + 2 : at + 1)
  const unit = /^[KMG]i?B$/i.test(rest.at(-1) ?? '') ? rest.pop() : undefined
  const memory = /^(?:\d{1,12}(?:[KMG]i?B)?|N\/?A|-)$/i.test(rest.at(-1) ?? '') ? rest.pop() : undefined
  if (memory === undefined) return undefined
  const name = evidence(rest.join(' '), 180)
  return { index, process: { pid, name, memoryBytes: memoryCell(memory, unit ?? 'MiB') } }
}
