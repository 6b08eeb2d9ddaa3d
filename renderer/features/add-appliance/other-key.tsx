// A private key from elsewhere: by the computer's own file dialog where there is one, else as text that is
// pasted or read from a file in the browser.
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Credential } from '../../../shared/contract/window.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { PasswordField } from '../../console/password-field.tsx'
import { useAbout } from '../../console/use-about.ts'
import { useAct } from '../../console/use-act.ts'
import { Field } from '../../ui/field.tsx'
import { FileButton } from '../../ui/file-button.tsx'

const longestKey = 20_000

export type OtherKeyProps = {
  readonly text: string
  /** Of the pasted key, where it has one. */
  readonly passphrase: string
  readonly chosen: Credential | undefined
  readonly onText: (text: string) => void
  readonly onPassphrase: (passphrase: string) => void
  readonly onChoose: (credential: Credential | undefined) => void
}

export function OtherKey(props: OtherKeyProps) {
  return useAbout()?.dialogs === true ? <KeyDialog {...props} /> : <KeyText {...props} />
}

function KeyDialog({ chosen, onChoose }: OtherKeyProps) {
  const { t } = useTranslation()
  const calls = useConsole()
  const choosing = useAct()
  const choose = () =>
    choosing.begin(
      'window.chooseKeyFile',
      () => calls.window.chooseKeyFile({}),
      (credential) => {
        if (credential !== null) onChoose(credential)
      },
    )
  return (
    <>
      <div className="rs-row">
        <Button onClick={choose} loading={choosing.busy}>
          {t('add.chooseKey')}
        </Button>
        <span aria-live="polite">{chosen === undefined ? '' : t('add.chosenKey', { label: chosen.label })}</span>
      </div>
      {choosing.failure === undefined ? null : <FailureNote failure={choosing.failure} />}
    </>
  )
}

function KeyText({ text, passphrase, onText, onPassphrase }: OtherKeyProps) {
  const { t } = useTranslation()
  const [tooLarge, setTooLarge] = useState(false)
  const give = (next: string) => {
    setTooLarge(false)
    onText(next)
  }
  return (
    <>
      <Field label={t('add.keyText')} hint={t('add.keyTextHint')} problem={tooLarge ? t('add.keyTooLarge') : undefined}>
        {(control) => (
          <Input.TextArea
            {...control}
            className="rs-code"
            rows={5}
            value={text}
            maxLength={longestKey}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => give(event.target.value)}
          />
        )}
      </Field>
      <div className="rs-row">
        <FileButton mostBytes={longestKey} onText={give} onTooLarge={() => setTooLarge(true)}>
          {t('add.keyUpload')}
        </FileButton>
      </div>
      <PasswordField label={t('access.keyPassphrase')} password={passphrase} onPassword={onPassphrase} />
    </>
  )
}
