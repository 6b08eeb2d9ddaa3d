// The backup as it would be now, and where it is written: by the window's own dialog, or by the command where there is none.
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type BackupPreview,
  backupFileName,
  type BackupPart as Part,
  type WrittenBackup,
} from '../../../shared/domain/backup.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { CopyBlock } from '../../console/copy-block.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { isSame, NewPassphraseFields, noPassphrase } from '../../console/passphrase-field.tsx'
import { usePassphraseProblem } from '../../console/passphrase-problem.ts'
import { useAbout } from '../../console/use-about.ts'
import { useAct } from '../../console/use-act.ts'
import { isAboutPassphrase } from '../../console/vault-state.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PreviewTables } from './preview-tables.tsx'

const optional = ['history', 'recordings'] as const

export function BackupPart() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer, askAgain } = useAnswer({ key: ['backup.preview'], ask: () => product.backup.preview({}) })
  return (
    <Panel title={t('backup.title')} testId="backup">
      <div className="rs-backup-part">
        <p className="rs-muted">{t('backup.what')}</p>
        {answer.state === 'waiting' ? <Loading label={t('frame.loading')} /> : null}
        {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
        {answer.state === 'answered' ? <Writing preview={answer.value} /> : null}
      </div>
    </Panel>
  )
}

function Writing({ preview }: { readonly preview: BackupPreview }) {
  const { t } = useTranslation()
  const words = useWords()
  const about = useAbout()
  const [parts, setParts] = useState<readonly Part[]>([])
  const there = optional.filter((part) => preview.items.some((one) => one.part === part))
  const sizeOf = (part: Part) =>
    preview.items.filter((one) => one.part === part).reduce((sum, one) => sum + one.bytes, 0)
  return (
    <>
      <PreviewTables preview={preview} parts={parts} />
      <div className="rs-backup-choices">
        {there.map((part) => (
          <Checkbox
            key={part}
            checked={parts.includes(part)}
            onChange={({ target }) => setParts(target.checked ? [...parts, part] : parts.filter((one) => one !== part))}
          >
            {t('backup.with', { part: words.backup.parts[part], size: bytesText(sizeOf(part)) })}
          </Checkbox>
        ))}
      </div>
      {about?.dialogs === false ? <ByCommand parts={parts} /> : <ByDialog parts={parts} />}
    </>
  )
}

function ByCommand({ parts }: { readonly parts: readonly Part[] }) {
  const { t } = useTranslation()
  const further = parts.map((part) => ` --with ${part}`).join('')
  return (
    <>
      <p>{t('backup.byCommand')}</p>
      <CopyBlock label={t('backup.copy')} text={`rackside backup write rackside-backup.rsb${further}`} />
    </>
  )
}

function ByDialog({ parts }: { readonly parts: readonly Part[] }) {
  const { t } = useTranslation()
  const { window: shell } = useConsole()
  const act = useAct()
  const [typed, setTyped] = useState(noPassphrase)
  const [written, setWritten] = useState<WrittenBackup | undefined>(undefined)
  const problem = usePassphraseProblem(act.failure, 0)
  const write = () => {
    const { once: passphrase } = typed
    const name = backupFileName(new Date().toISOString())
    setTyped(noPassphrase)
    setWritten(undefined)
    act.begin(
      'window.writeBackup',
      () => shell.writeBackup({ name, passphrase, parts: [...parts] }),
      (done) => setWritten(done ?? undefined),
    )
  }
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isSame(typed)) write()
      }}
    >
      <NewPassphraseFields label={t('backup.passphrase')} typed={typed} problem={problem} onTyped={setTyped} />
      <p className="rs-muted">{t('backup.noWayAround')}</p>
      {act.failure === undefined || isAboutPassphrase(act.failure) ? null : <FailureNote failure={act.failure} />}
      <div className="rs-row">
        <Button type="primary" htmlType="submit" disabled={!isSame(typed)} loading={act.busy}>
          {t('backup.write')}
        </Button>
      </div>
      <p aria-live="polite">{written === undefined ? '' : t('backup.written', { size: bytesText(written.bytes) })}</p>
    </form>
  )
}
