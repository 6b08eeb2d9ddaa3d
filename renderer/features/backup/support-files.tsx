// What is in a support bundle: its files, the text of the one that is opened, exactly as it is handed over, and where it goes.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SupportSummary } from '../../../shared/domain/support.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAbout } from '../../console/use-about.ts'
import { useAct } from '../../console/use-act.ts'
import { CodeText } from '../../ui/code-text.tsx'
import { DataTable } from '../../ui/data-table.tsx'

type Shown = { readonly name: string; readonly text: string }

export function SupportFiles({ made }: { readonly made: SupportSummary }) {
  const { t } = useTranslation()
  const { support, cli } = useWords()
  const { product } = useConsole()
  const act = useAct()
  const [shown, setShown] = useState<Shown | undefined>(undefined)
  const { supportId } = made
  const open = (name: string) =>
    act.begin(
      'support.read',
      () => product.support.read({ supportId, name }),
      (read) => setShown({ name, text: read?.text ?? t('backup.gone') }),
    )
  return (
    <div className="rs-backup-part" data-testid="support-files">
      <p>{support.dropped(made.dropped)}</p>
      {made.vaultSearched ? null : <p role="alert">{support.vaultLocked}</p>}
      {made.unreached.length === 0 ? null : <p>{support.unreached(cli.list([...made.unreached]))}</p>}
      <div className="rs-support-files">
        <DataTable
          caption={t('backup.bundleFiles')}
          columns={[
            { id: 'name', name: t('backup.bundleFiles'), align: 'start' },
            { id: 'bytes', name: t('backup.size') },
          ]}
          rows={made.files.map(({ name, bytes }) => ({
            id: name,
            cells: [
              <Button key={name} type="link" size="small" onClick={() => open(name)}>
                {name}
              </Button>,
              bytesText(bytes),
            ],
          }))}
        />
      </div>
      {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      {shown === undefined ? null : (
        <section className="rs-support-text" aria-label={shown.name}>
          <h3>{shown.name}</h3>
          <CodeText>{shown.text}</CodeText>
        </section>
      )}
      <SaveSupport made={made} />
    </div>
  )
}

function SaveSupport({ made: { supportId, name } }: { readonly made: SupportSummary }) {
  const { t } = useTranslation()
  const { window: shell, product } = useConsole()
  const about = useAbout()
  const act = useAct()
  const [saved, setSaved] = useState(false)
  const save = () => {
    if (about?.dialogs !== false) {
      act.begin(
        'window.saveSupport',
        () => shell.saveSupport({ supportId }),
        (done) => setSaved(done.saved),
      )
      return
    }
    act.begin(
      'support.archive',
      () => product.support.archive({ supportId }),
      (archive) => {
        if (archive !== null) saveByBrowser(name, archive.base64)
        setSaved(archive !== null)
      },
    )
  }
  return (
    <>
      {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      <div className="rs-row">
        <Button onClick={save} loading={act.busy}>
          {t('backup.save')}
        </Button>
        <span className="rs-muted" aria-live="polite">
          {saved ? t('backup.saved') : t('backup.readFirst')}
        </span>
      </div>
    </>
  )
}

function saveByBrowser(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/gzip' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
