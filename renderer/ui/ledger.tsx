// Acts in the order they happen, one a row: a mark, what it is, and its figures right-aligned in columns.
import type { ReactNode } from 'react'
import { VerdictShape } from './verdict-mark.tsx'

export type LedgerState = 'done' | 'already' | 'current' | 'next' | 'failed' | 'unknown'

export type LedgerRow = {
  readonly id: string
  readonly state: LedgerState
  /** The state in words, for screen readers. */
  readonly stateWord: string
  readonly text: ReactNode
  readonly note?: ReactNode
  /** One for each column, in order; undefined leaves the place empty. */
  readonly figures?: readonly ReactNode[]
}

const marks = {
  done: <VerdictShape state="healthy" />,
  already: <span className="rs-dot rs-dot-already" aria-hidden="true" />,
  current: <VerdictShape state="working" />,
  next: <span className="rs-dot" aria-hidden="true" />,
  failed: <VerdictShape state="down" />,
  unknown: <VerdictShape state="unknown" />,
} as const

export type LedgerProps = { readonly rows: readonly LedgerRow[]; readonly label: string }

export function Ledger({ rows, label }: LedgerProps) {
  return (
    <ol className="rs-ledger" aria-label={label}>
      {rows.map((row) => (
        <li
          key={row.id}
          className={`rs-ledger-${row.state}`}
          data-state={row.state}
          aria-current={row.state === 'current' ? 'step' : undefined}
        >
          <span className="rs-ledger-mark">{marks[row.state]}</span>
          <span className="rs-ledger-text">
            <span className="rs-visually-hidden">{row.stateWord} </span>
            {row.text}
            {row.note === undefined ? null : <small>{row.note}</small>}
          </span>
          {(row.figures ?? []).map((figure, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <span className="rs-ledger-figure" key={column}>
              {figure}
            </span>
          ))}
        </li>
      ))}
    </ol>
  )
}
