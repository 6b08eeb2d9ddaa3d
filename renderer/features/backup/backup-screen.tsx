// Backup and support: all that this console knows in one sealed file, and what may be handed to whoever helps. Both are
// shown before anything is written.
import { useTranslation } from 'react-i18next'
import { useLateLabels } from '../../i18n/late-labels.ts'
import { Page } from '../../ui/page.tsx'
import { BackupPart } from './backup-part.tsx'
import { MovePart } from './move-part.tsx'
import { SupportPart } from './support-part.tsx'
import './backup.css'

export function BackupScreen() {
  useLateLabels()
  const { t } = useTranslation()
  return (
    <Page title={t('frame.backup')} lead={t('backup.lead')} narrow>
      <div className="rs-stack">
        <BackupPart />
        <MovePart />
        <SupportPart />
      </div>
    </Page>
  )
}
