// Gives out what is known here as text in OpenSSH's own form: a page may not save files, so it is shown to be copied.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useConsole } from '../../console/console-context.tsx'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Panel } from '../../ui/panel.tsx'

export function ExportPanel() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const act = useAct()
  const [text, setText] = useState<string | undefined>(undefined)
  const show = () =>
    act.begin(
      'hostKeys.export',
      () => product.hostKeys.export({}),
      (given) => setText(given.text),
    )
  return (
    <Panel title={t('hosts.exportTitle')}>
      <div className="rs-form">
        <p className="rs-muted">{t('hosts.exportLead')}</p>
        <div className="rs-row">
          <Button loading={act.busy} onClick={show}>
            {t('hosts.export')}
          </Button>
        </div>
        {text === undefined ? null : text.trim() === '' ? (
          <p>{t('hosts.exportNothing')}</p>
        ) : (
          <CopyBlock text={text} label={t('hosts.copy')} />
        )}
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
    </Panel>
  )
}
