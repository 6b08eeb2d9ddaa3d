// The process table under `npu-smi info`: which processes hold memory of which chip. Its rows look like rows of chips,
// its columns are told by the header, and a line says of which card nothing runs.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { known, unreadable } from '../../domain/reading.ts'
import { wholeNumber, wordsOf } from '../lines.ts'
import { memoryCell } from './values.ts'

type Processes = NonNullable<NonNullable<Accelerator['detail']>['processes']>
export type ProcessesOf = (chip: Pick<Accelerator, 'index' | 'chip'>) => Processes
type Row = Pick<Accelerator, 'index' | 'chip'> & {
  readonly process: {
    readonly pid: number
    readonly name: string
    readonly memoryBytes: Accelerator['memoryUsedBytes']
  }
}

const rowLimit = 1024

export function isProcessHeader(line: string): boolean {
  return /process\s{1,20}id/i.test(line)
}

/** `lines` begin with the header. */
export function readProcesses([header = '', ...lines]: readonly string[]): ProcessesOf {
  const read = rowReader(header)
  const rows = lines.slice(0, rowLimit).flatMap((line) => read(line) ?? [])
  const idle = idleCards(lines)
  return ({ index, chip }) => {
    const own = rows.filter((row) => row.index === index && row.chip === chip).map((row) => row.process)
    const isListed = idle === 'all' || idle.has(index) || rows.some((row) => row.index === index)
    return isListed ? known(own) : unreadable('npu-smi says nothing about the processes of this chip')
  }
}

/** Of rows `0 0 | 1774110 | python | 56684 [| 5120]`; on 950 without a chip. The pid is the host's, not the container's. */
function rowReader(header: string): (line: string) => Row | undefined {
  const words = wordsOf(header.replaceAll('|', ' ').toLowerCase())
  const hasChip = words.includes('chip')
  const isAlsoInContainer = words.includes('container')
  const unit = /memory\s{0,9}\(([a-z]{1,3})\)/i.exec(header)?.[1] ?? 'MB'
  return (line) => {
    const cells = wordsOf(line.replaceAll('|', ' '))
    const [index, chip, pid] = hasChip ? cells.map(wholeNumber) : [wholeNumber(cells[0]), 0, wholeNumber(cells[1])]
    const [nameAt, nameEnd] = [hasChip ? 3 : 2, cells.length - (isAlsoInContainer ? 2 : 1)]
    if (index === undefined || chip === undefined || pid === undefined || pid === 0 || nameEnd < nameAt)
      return undefined
    const name = evidence(cells.slice(nameAt, nameEnd).join(' '), 190)
    return { index, chip, process: { pid, name, memoryBytes: memoryCell(cells[nameEnd], unit) } }
  }
}

/** "No running processes found in NPU 3". */
function idleCards(lines: readonly string[]): ReadonlySet<number> | 'all' {
  const idle = new Set<number>()
  for (const line of lines) {
    if (!/no running process/i.test(line)) continue
    const index = wholeNumber(/\bNPU\s{1,9}(\d{1,9})/i.exec(line)?.[1])
    if (index === undefined) return 'all'
    idle.add(index)
  }
  return idle
}
