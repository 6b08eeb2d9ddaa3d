// Brings in an OpenSSH known_hosts file: its text is pasted or read in this page, what it would add is shown first, and
// only then can it be added.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportCounts } from '../../../shared/contract/host-keys.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ImportPreview } from './import-preview.tsx'

const longestText = 256 * 1024

export function ImportPanel() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [text, setText] = useState('')
  const [tooLong, setTooLong] = useState(false)
  const [preview, setPreview] = useState<ImportCounts | undefined>(undefined)
  const [added, setAdded] = useState<number | undefined>(undefined)
  const change = (next: string) => changeTo(next.length > longestText ? '' : next, next.length > longestText)
  const changeTo = (next: string, dropped: boolean) => {
    setTooLong(dropped)
    setText(next)
    setPreview(undefined)
    setAdded(undefined)
    act.forget()
  }
  const look = () => act.begin('hostKeys.previewImport', () => product.hostKeys.previewImport({ text }), setPreview)
  const bringIn = () =>
    act.begin(
      'hostKeys.import',
      () => product.hostKeys.import({ text }),
      (counts) => {
        change('')
        setAdded(counts.added)
        outdate('hostKeys.list')
        outdate('hostKeys.export')
      },
    )
  return (
    <Panel title={t('hosts.importTitle')}>
      <div className="rs-form">
        <p className="rs-muted">{t('hosts.importLead')}</p>
        <ImportText text={text} tooLong={tooLong} onText={change} onTooLarge={() => changeTo('', true)} />
        {preview === undefined ? (
          <div className="rs-row">
            <Button disabled={text.trim() === ''} loading={act.busy} onClick={look}>
              {t('hosts.look')}
            </Button>
            <span aria-live="polite">{added === undefined ? '' : t('hosts.added', { count: added })}</span>
          </div>
        ) : (
          <ImportPreview counts={preview} busy={act.busy} onImport={bringIn} onCancel={() => setPreview(undefined)} />
        )}
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
    </Panel>
  )
}

type TextProps = {
  readonly text: string
  readonly tooLong: boolean
  readonly onText: (text: string) => void
  readonly onTooLarge: () => void
}

function ImportText({ text, tooLong, onText, onTooLarge }: TextProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field
        label={t('hosts.importText')}
        hint={t('hosts.importHint')}
        problem={tooLong ? t('hosts.tooLong') : undefined}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            className="rs-code"
            rows={5}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onText(event.target.value)}
          />
        )}
      </Field>
      <div className="rs-row">
        <FileButton mostBytes={longestText} onText={onText} onTooLarge={onTooLarge}>
          {t('hosts.upload')}
        </FileButton>
      </div>
    </>
  )
}
