// The lines that are shown, to take along: into the clipboard, into a file where the page is a browser's, or by the command
// that reads the same log in a terminal.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useWords } from '../../console/console-context.tsx'
import { CopyButton } from '../../console/copy-button.tsx'
import { useAbout } from '../../console/use-about.ts'
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
  const about = useAbout()
  const marked = ({ mark }: LogRow) =>
    mark === undefined ? '' : t(`logs.marks.${mark.kind}`, { time: timeOfDay(mark.atMs).slice(0, 8) })
  const text = () => plainText(rows, { cut: said.cut, marked })
  return (
    <div className="rs-row">
      <CopyButton text={text} label={t('logs.copy')} disabled={rows.length === 0} />
      {about?.shell === 'web' ? (
        <Button disabled={rows.length === 0} onClick={() => save(`${appliance}-${container}.log`, text())}>
          {t('logs.save')}
        </Button>
      ) : null}
      <span className="rs-muted">
        {t('logs.inTerminal')} <code>{`rackside logs ${appliance} ${container} --follow`}</code>
      </span>
    </div>
  )
}

function save(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
