// What is shown as text for other programs: a page may not save files, so it is shown to be copied.
import { Modal, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import { type ExportFormat, exportFormats, exportLines } from '../../../../shared/domain/history-text.ts'
import { CopyBlock } from '../../../console/copy-block.tsx'
import { useStepText } from './axis-text.ts'

export type ExportDialogProps = {
  readonly appliance: string
  readonly series: readonly SeriesHistory[]
  readonly stepMs: number
  readonly onClose: () => void
}

const shownLines = 12

export function ExportDialog({ appliance, series, stepMs, onClose }: ExportDialogProps) {
  const { t } = useTranslation()
  const stepText = useStepText()
  const [format, setFormat] = useState<ExportFormat>('csv')
  const lines = useMemo(() => exportLines(format, { appliance, series }), [format, appliance, series])
  const isEmpty = series.every(({ atMs }) => atMs.length === 0)
  return (
    <Modal
      open
      width={720}
      onCancel={onClose}
      footer={null}
      title={t('history.exportTitle')}
      closable={{ 'aria-label': t('common.close') }}
    >
      <div className="rs-form" data-testid="history-export">
        <p className="rs-muted">{t('history.exportLead', { span: stepText(stepMs) })}</p>
        <div className="rs-row">
          <Segmented<ExportFormat>
            aria-label={t('history.exportFormat')}
            value={format}
            onChange={setFormat}
            options={exportFormats.map((value) => ({ value, label: t(`history.exportFormats.${value}`) }))}
          />
        </div>
        {isEmpty ? (
          <p>{t('history.exportNothing')}</p>
        ) : (
          <>
            <CopyBlock
              text={`${lines.join('\n')}\n`}
              shown={lines.slice(0, shownLines).join('\n')}
              label={t('history.exportCopy')}
            />
            <small>{t('history.exportLines', { count: lines.length })}</small>
          </>
        )}
      </div>
    </Modal>
  )
}
