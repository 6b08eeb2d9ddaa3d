// A support bundle: made of the appliances that somebody picks, read file by file, and only then saved.
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SupportSummary } from '../../../shared/domain/support.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Panel } from '../../ui/panel.tsx'
import { SupportFiles } from './support-files.tsx'

export function SupportPart() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { language } = useWords()
  const { answer, askAgain } = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  const act = useAct()
  const [picked, setPicked] = useState<readonly string[]>([])
  const [keepsNames, setKeepsNames] = useState(false)
  const [made, setMade] = useState<SupportSummary | undefined>(undefined)
  const names = answer.state === 'answered' ? answer.value.map(({ name }) => name) : []
  const make = () => {
    setMade(undefined)
    const wish = { appliances: [...picked], keepsNames, language }
    act.begin('support.gather', () => product.support.gather(wish), setMade)
  }
  return (
    <Panel title={t('backup.supportTitle')} testId="support">
      <div className="rs-backup-part">
        <p className="rs-muted">{t('backup.supportLead')}</p>
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
        <fieldset className="rs-backup-choices">
          <legend>{t('backup.about')}</legend>
          {names.length === 0 ? <span className="rs-muted">{t('backup.consoleOnly')}</span> : null}
          <Checkbox.Group
            value={[...picked]}
            onChange={setPicked}
            options={names.map((name) => ({ value: name, label: name }))}
          />
        </fieldset>
        <div className="rs-backup-choices">
          <Checkbox checked={keepsNames} onChange={({ target }) => setKeepsNames(target.checked)}>
            {t('backup.keepNames')}
          </Checkbox>
        </div>
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button onClick={make} loading={act.busy}>
            {t('backup.make')}
          </Button>
        </div>
        {made === undefined ? null : <SupportFiles key={made.supportId} made={made} />}
      </div>
    </Panel>
  )
}
