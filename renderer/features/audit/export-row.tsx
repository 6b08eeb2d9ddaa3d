// What was found as a file: a table or JSON. That somebody took it is in the audit too.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditFilter } from '../../../shared/domain/audit-search.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { useSaveFiles } from '../../console/use-save-files.ts'

type Told = { readonly entries: number; readonly next: number | null }

export function ExportRow({ filter }: { readonly filter: AuditFilter }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { busy, failure, begin } = useAct()
  const files = useSaveFiles()
  const [told, setTold] = useState<Told | undefined>(undefined)
  const save = (format: 'csv' | 'json') =>
    begin(
      'audit.export',
      () => product.audit.export({ filter, format }),
      ({ name, text, entries, next }) => {
        files.save([{ name, text }])
        setTold({ entries, next })
      },
    )
  const trouble = failure ?? files.failure
  return (
    <>
      <Button onClick={() => save('csv')} loading={busy || files.busy}>
        {t('audit.exportCsv')}
      </Button>
      <Button onClick={() => save('json')} disabled={busy || files.busy}>
        {t('audit.exportJson')}
      </Button>
      {trouble === undefined ? null : <FailureNote failure={trouble} />}
      {told === undefined ? null : (
        <span role="status">
          {t('audit.exported', { count: told.entries })}{' '}
          {told.next === null ? '' : t('audit.exportedPart', { number: told.next })}
        </span>
      )}
    </>
  )
}
