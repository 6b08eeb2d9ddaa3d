// Figures in columns, as plain as a table can be: a caption for screen readers, units in the heads, numbers
// right-aligned. For tables of tens of rows; nothing in it sorts or moves by itself.
import type { ReactNode } from 'react'
import './data-table.css'

export type DataColumn = { readonly id: string; readonly name: ReactNode; readonly align?: 'start' | 'end' }

export type DataRow = { readonly id: string; readonly cells: readonly ReactNode[] }

export type DataTableProps = {
  readonly caption: string
  /** The first one heads its row. */
  readonly columns: readonly DataColumn[]
  readonly rows: readonly DataRow[]
  readonly testId?: string
}

export function DataTable({ caption, columns, rows, testId }: DataTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll without a mouse
    <div className="rs-table-scroll" tabIndex={0}>
      <table className="rs-table" data-testid={testId}>
        <caption className="rs-visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ id, name, align = 'end' }) => (
              <th scope="col" key={id} className={`rs-table-${align}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {columns.map(({ id, align = 'end' }, place) =>
                place === 0 ? (
                  <th scope="row" key={id} className={`rs-table-${align}`}>
                    {row.cells[place]}
                  </th>
                ) : (
                  <td key={id} className={`rs-table-${align}`}>
                    {row.cells[place]}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
