// What a backup would hold, what stays behind and why, before anything is written.
import { useTranslation } from 'react-i18next'
import type { BackupPart, BackupPreview } from '../../../shared/domain/backup.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useWords } from '../../console/console-context.tsx'
import { DataTable } from '../../ui/data-table.tsx'

type PreviewProps = { readonly preview: BackupPreview; readonly parts: readonly BackupPart[] }

export function PreviewTables({ preview, parts }: PreviewProps) {
  const { t, i18n } = useTranslation()
  const { backup } = useWords()
  const going = preview.items.filter(({ part }) => part === 'state' || parts.includes(part))
  const staying = preview.leftOut.filter(({ why }) => why !== 'running' && why !== 'older-copies')
  const columns = (name: string) => [
    { id: 'name', name, align: 'start' as const },
    { id: 'files', name: t('backup.files') },
    { id: 'bytes', name: t('backup.size') },
  ]
  const row = (id: string, name: string, { files, bytes }: { files: number; bytes: number }) => ({
    id,
    cells: [name, String(files), bytesText(bytes)],
  })
  const before = backup.vaultBefore[preview.vault]
  return (
    <>
      {preview.restored === null ? null : (
        <>
          <p>{backup.cameFrom(dateText(preview.restored.madeAt, i18n.language), preview.restored.computer)}</p>
          <p>{backup.onlyOne}</p>
        </>
      )}
      <DataTable
        caption={t('backup.inIt')}
        columns={columns(t('backup.inIt'))}
        rows={going.map((one) => row(one.item, backup.items[one.item], one))}
        testId="backup-items"
      />
      {staying.length === 0 ? null : (
        <DataTable
          caption={t('backup.notInIt')}
          columns={columns(t('backup.notInIt'))}
          rows={staying.map((one) => row(one.why, backup.leftOut[one.why], one))}
        />
      )}
      {preview.unknown.length === 0 ? null : <p>{backup.notKnown(preview.unknown.join(', '))}</p>}
      {before === undefined ? null : <p role="alert">{before}</p>}
      {preview.keyFiles === 0 ? null : <p>{backup.keyFiles(preview.keyFiles)}</p>}
    </>
  )
}

function dateText(at: string, language: string): string {
  return new Date(at).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short', hour12: false })
}
