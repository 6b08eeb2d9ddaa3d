// How a new computer takes over: a command there, since no console may run where a state is put.
import { useTranslation } from 'react-i18next'
import { CopyBlock } from '../../console/copy-block.tsx'
import { Panel } from '../../ui/panel.tsx'

export function MovePart() {
  const { t } = useTranslation()
  return (
    <Panel title={t('backup.moveTitle')} testId="backup-move">
      <div className="rs-backup-part">
        <p>{t('backup.moveLead')}</p>
        <CopyBlock label={t('backup.copy')} text="rackside backup restore rackside-backup.rsb" />
        <p className="rs-muted">{t('backup.moveOne')}</p>
      </div>
    </Panel>
  )
}
