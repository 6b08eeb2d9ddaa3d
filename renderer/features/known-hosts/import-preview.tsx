// What an import would add, skip and not use, before anything is added.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ImportCounts } from '../../../shared/contract/host-keys.ts'
import { FactList, known } from '../../ui/fact-list.tsx'

export type ImportPreviewProps = {
  readonly counts: ImportCounts
  readonly busy: boolean
  readonly onImport: () => void
  readonly onCancel: () => void
}

export function ImportPreview({ counts, busy, onImport, onCancel }: ImportPreviewProps) {
  const { t } = useTranslation()
  const rows = ['added', 'revoked', 'alreadyKnown', 'unknownTypes', 'certAuthorities'] as const
  return (
    <div className="rs-form rs-hosts-preview" data-testid="import-preview">
      <h3>{t('hosts.previewTitle')}</h3>
      <FactList
        layout="apart"
        facts={rows.map((row) => ({
          key: row,
          label: t(`hosts.preview.${row}`),
          value: known(counts[row]),
          ...(counts[row] > 0 && isExplained(row) ? { note: t(`hosts.previewNote.${row}`) } : {}),
        }))}
      />
      <div className="rs-row">
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
        <Button type="primary" disabled={counts.added === 0} loading={busy} onClick={onImport}>
          {counts.added === 0 ? t('hosts.nothingNew') : t('hosts.import', { count: counts.added })}
        </Button>
      </div>
    </div>
  )
}

const explained = ['revoked', 'unknownTypes', 'certAuthorities'] as const

function isExplained(row: keyof ImportCounts): row is (typeof explained)[number] {
  return explained.some((one) => one === row)
}
