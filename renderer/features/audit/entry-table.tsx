// Acts in a table, newest first; each opens its record.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../shared/domain/audit-search.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useAuditWords } from './use-audit-words.ts'

type EntryTableProps = { readonly entries: readonly AuditEntry[]; readonly onShow: (entry: AuditEntry) => void }

export function EntryTable({ entries, onShow }: EntryTableProps) {
  const { t } = useTranslation()
  const { act, place, time } = useAuditWords()
  const columns = (['number', 'time', 'who', 'act', 'appliance', 'result'] as const).map((id) => ({
    ...{ id, name: t(`audit.${id}`), align: id === 'number' ? ('end' as const) : ('start' as const) },
  }))
  const rows = entries.map((entry) => {
    const { number, at, who, demo } = entry.record
    const open = <Open key="number" entry={entry} onShow={onShow} />
    const where = `${place(entry)}${demo === true ? ` (${t('audit.demo')})` : ''}`
    return { id: String(number), cells: [open, time(at), who, act(entry), where, <Came key="came" entry={entry} />] }
  })
  return <DataTable caption={t('audit.found')} columns={columns} rows={rows} testId="audit-entries" />
}

type OpenProps = { readonly entry: AuditEntry; readonly onShow: (entry: AuditEntry) => void }

function Open({ entry, onShow }: OpenProps) {
  const { t } = useTranslation()
  const { act } = useAuditWords()
  const { number } = entry.record
  const label = t('audit.openRecord', { number, act: act(entry) })
  return (
    <Button type="link" size="small" aria-label={label} onClick={() => onShow(entry)}>
      {number}
    </Button>
  )
}

/** Quiet where all went well. */
function Came({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation()
  const { result } = useAuditWords()
  if (!entry.isWhole) return <VerdictMark state="down" word={t('audit.changed')} />
  if (entry.came?.result === 'failed') return <VerdictMark state="degraded" word={result(entry) ?? ''} />
  return <span className={entry.came?.result === 'ok' ? undefined : 'rs-muted'}>{result(entry)}</span>
}
