// The lines that are shown, to take along: into the clipboard, into a file, or by the command
// that reads the same log in a terminal.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../console/console-context.tsx'
import { CopyButton } from '../../console/copy-button.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { fileNameOf } from '../../console/file-name.ts'
import { useSaveFiles } from '../../console/use-save-files.ts'
import type { LogRow } from './log-store.ts'
import { plainText, timeOfDay } from './log-text.ts'

export type TakeAlongProps = {
  readonly rows: readonly LogRow[]
  readonly appliance: string
  readonly container: string
}

export function TakeAlong({ rows, appliance, container }: TakeAlongProps) {
  const { t } = useTranslation()
  const { logs: said } = useWords()
  const { save, busy, failure } = useSaveFiles()
  const marked = ({ mark }: LogRow) =>
    mark === undefined ? '' : t(`logs.marks.${mark.kind}`, { time: timeOfDay(mark.atMs).slice(0, 8) })
  const text = () => plainText(rows, { cut: said.cut, marked })
  return (
    <div className="rs-row">
      <CopyButton text={text} label={t('logs.copy')} disabled={rows.length === 0} />
      <Button
        disabled={rows.length === 0}
        loading={busy}
        onClick={() => save([{ name: fileNameOf([appliance, container], 'log'), text: text() }])}
      >
        {t('logs.save')}
      </Button>
      <span className="rs-muted">
        {t('logs.inTerminal')} <code>{`rackside logs ${appliance} ${container} --follow`}</code>
      </span>
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
    </div>
  )
}
