// Gives out what is known here as text in OpenSSH's own form: a page may not save files, so it is shown to be copied.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { Panel } from '../../ui/panel.tsx'

export function ExportPanel() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const [wanted, setWanted] = useState(false)
  const { answer, asking, askAgain } = useAnswer({
    key: ['hostKeys.export'],
    ask: () => product.hostKeys.export({}),
    enabled: wanted,
  })
  const text = answer.state === 'answered' ? answer.value.text : undefined
  const failure = answer.state === 'failed' ? answer.failure : answer.state === 'answered' ? answer.problem : undefined
  return (
    <Panel title={t('hosts.exportTitle')}>
      <div className="rs-form">
        <p className="rs-muted">{t('hosts.exportLead')}</p>
        <div className="rs-row">
          <Button loading={wanted && asking} onClick={() => (wanted ? askAgain() : setWanted(true))}>
            {t('hosts.export')}
          </Button>
        </div>
        {!wanted || text === undefined ? null : text.trim() === '' ? (
          <p>{t('hosts.exportNothing')}</p>
        ) : (
          <CopyBlock text={text} label={t('hosts.copy')} />
        )}
        {failure === undefined ? null : <FailureNote failure={failure} />}
      </div>
    </Panel>
  )
}
