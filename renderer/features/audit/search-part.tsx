// Looking acts up: what is asked for, what was found page by page, one record whole, and all of it as a file.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry, AuditFilter } from '../../../shared/domain/audit-search.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EntryTable } from './entry-table.tsx'
import { ExportRow } from './export-row.tsx'
import { FilterForm } from './filter-form.tsx'
import { RecordDialog } from './record-dialog.tsx'

const pageSize = 50

type Older = { readonly entries: readonly AuditEntry[]; readonly next: number | null }

export function SearchPart() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [filter, setFilter] = useState<AuditFilter>({})
  const [older, setOlder] = useState<Older | undefined>(undefined)
  const [shown, setShown] = useState<AuditEntry | undefined>(undefined)
  const more = useAct()
  const ask = () => product.audit.search({ filter, most: pageSize })
  const { answer, askAgain } = useAnswer({ key: ['audit.search', filter], ask })
  const find = (wanted: AuditFilter) => {
    setOlder(undefined)
    setFilter(wanted)
    askAgain()
  }
  const first = answer.state === 'answered' ? answer.value : undefined
  const entries = [...(first?.entries ?? []), ...(older?.entries ?? [])]
  const next = older === undefined ? (first?.next ?? null) : older.next
  const showOlder = (before: number) =>
    more.begin(
      'audit.search',
      () => product.audit.search({ filter, most: pageSize, before }),
      (page) => setOlder({ entries: [...(older?.entries ?? []), ...page.entries], next: page.next }),
    )
  return (
    <>
      <div className="rs-audit-search">
        <Panel title={t('audit.search')}>
          <FilterForm onFind={find} />
        </Panel>
      </div>
      <Panel title={t('audit.found')}>
        <div className="rs-stack">
          {answer.state === 'waiting' ? <Loading label={t('audit.searching')} /> : null}
          {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
          {first !== undefined && entries.length === 0 ? <p className="rs-muted">{t('audit.nothing')}</p> : null}
          {entries.length === 0 ? null : <EntryTable entries={entries} onShow={setShown} />}
          {more.failure === undefined ? null : <FailureNote failure={more.failure} />}
          <div className="rs-row">
            {next === null ? null : (
              <Button onClick={() => showOlder(next)} loading={more.busy}>
                {t('audit.older')}
              </Button>
            )}
            {entries.length === 0 ? null : <ExportRow filter={filter} />}
          </div>
        </div>
      </Panel>
      {shown === undefined ? null : <RecordDialog entry={shown} onClose={() => setShown(undefined)} />}
    </>
  )
}
