// One cell an accelerator: its fill is the utilization on the single-hue scale, its outline the health, a
// dashed cell is not known. The text of each cell says the same for screen readers and on hover.
import { heatStep } from './theme.ts'

export type Cell = {
  readonly id: string
  /** What the cell says in words: "NPU 3: 41 %, healthy". */
  readonly text: string
  /** Undefined: not known. */
  readonly percent: number | undefined
  readonly outline?: 'degraded' | 'down'
}

export type CellStripProps = {
  readonly cells: readonly Cell[]
  /** What the strip shows, for screen readers. */
  readonly label: string
  /** Greyed: the values are old. */
  readonly faded?: boolean
}

export function CellStrip({ cells, label, faded = false }: CellStripProps) {
  return (
    <ul className={faded ? 'rs-cells rs-faded' : 'rs-cells'} aria-label={label} data-count={cells.length}>
      {cells.map((cell) => (
        <li key={cell.id} className={classOf(cell)} title={cell.text}>
          <span className="rs-visually-hidden">{cell.text}</span>
        </li>
      ))}
    </ul>
  )
}

function classOf(cell: Cell): string {
  const fill = cell.percent === undefined ? 'rs-cell-unknown' : `rs-heat-${heatStep(cell.percent)}`
  return `rs-cell ${fill}${cell.outline === undefined ? '' : ` rs-cell-${cell.outline}`}`
}
