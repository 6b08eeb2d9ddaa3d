// Results that are kept, newest first: each can be opened, and two of them held beside each other, the earlier one first.
import { Button, Checkbox } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DataColumn, DataTable } from '../../ui/data-table.tsx'

export type KeptRow = { readonly id: string; readonly cells: readonly ReactNode[] }

export type KeptTableProps = {
  readonly caption: string
  readonly columns: readonly DataColumn[]
  readonly rows: readonly KeptRow[]
  readonly onOpen: (id: string) => void
  readonly onCompare: (before: string, after: string) => void
}

export function KeptTable({ caption, columns, rows, onOpen, onCompare }: KeptTableProps) {
  const { t } = useTranslation()
  const [ticked, setTicked] = useState<readonly string[]>([])
  // The later of two is what has become of the earlier one.
  const [after, before] = rows.map(({ id }) => id).filter((id) => ticked.includes(id))
  const tick = (id: string) =>
    setTicked((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id].slice(-2)))
  const acts = ({ id }: KeptRow) => [
    <Checkbox key="tick" checked={ticked.includes(id)} onChange={() => tick(id)}>
      {t('appliance.kept.compareThis')}
    </Checkbox>,
    <Button key="open" size="small" onClick={() => onOpen(id)}>
      {t('appliance.kept.open')}
    </Button>,
  ]
  return (
    <>
      <DataTable
        caption={caption}
        columns={[...columns, { id: 'tick', name: '', align: 'start' }, { id: 'open', name: '' }]}
        rows={rows.map((one) => ({ id: one.id, cells: [...one.cells, ...acts(one)] }))}
      />
      {rows.length < 2 ? null : (
        <div className="rs-row">
          <Button
            disabled={before === undefined || after === undefined}
            onClick={() => before !== undefined && after !== undefined && onCompare(before, after)}
          >
            {t('appliance.kept.compare')}
          </Button>
        </div>
      )}
    </>
  )
}
