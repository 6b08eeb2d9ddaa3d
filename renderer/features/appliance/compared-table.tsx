// Figures of two results beside each other: what was, what is, the difference in percent, and whether that is good.
import { useTranslation } from 'react-i18next'
import { changeText } from '../../../shared/words/bench-amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { DataTable } from '../../ui/data-table.tsx'

export type ComparedRow = {
  readonly name: string
  readonly before: string
  readonly after: string
  readonly percent: number | undefined
  readonly change: 'better' | 'worse' | 'same'
}

export function ComparedTable({ rows }: { readonly rows: readonly ComparedRow[] }) {
  const { t } = useTranslation()
  const { bench } = useWords()
  const columns = [
    { id: 'figure', name: t('appliance.kept.figure'), align: 'start' as const },
    { id: 'before', name: t('appliance.kept.before') },
    { id: 'after', name: t('appliance.kept.after') },
    { id: 'percent', name: t('appliance.kept.difference') },
    { id: 'change', name: '', align: 'start' as const },
  ]
  return (
    <DataTable
      caption={t('appliance.kept.comparison')}
      columns={columns}
      rows={rows.map(({ name, before, after, percent, change }) => ({
        id: name,
        cells: [name, before, after, percent === undefined ? '–' : changeText(percent), bench.changes[change]],
      }))}
    />
  )
}
