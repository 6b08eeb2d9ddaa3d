// The ways to log in, one of them open: a key of this computer, one of its agent, another key, or a password. What
// is typed can be kept in the vault.
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { PasswordField } from '../../console/password-field.tsx'
import { AgentKeyChoice } from './agent-key-choice.tsx'
import { KeepBox } from './keep-box.tsx'
import { KeyFileChoice } from './key-file-choice.tsx'
import { OtherKey } from './other-key.tsx'
import type { LoginFields } from './use-login-fields.ts'
import { UseOnceChoice } from './use-once-choice.tsx'

export type LoginFieldsProps = {
  readonly fields: LoginFields
  /** Whether a key of Rackside's own can take the place of a password that is given here. */
  readonly offersOwnKey?: boolean
}

export function LoginFieldsView({ fields, offersOwnKey = false }: LoginFieldsProps) {
  const { t } = useTranslation()
  const { way, ways, chooseWay, change, files, file, agentKeys, agentKey, secret, passphrase } = fields
  const onSecret = (text: string) => change({ secret: text })
  const onFile = (chosen: LoginFields['file']) => change({ file: chosen })
  return (
    <>
      <Segmented
        aria-label={t('add.loginWay')}
        value={way}
        onChange={chooseWay}
        options={ways.map((value) => ({ value, label: t(`add.how_${value}`) }))}
      />
      <div className="rs-add-way">
        {way === 'file' ? <KeyFileChoice files={files} chosen={file} onChoose={onFile} /> : null}
        {way === 'agent' ? (
          <AgentKeyChoice keys={agentKeys} chosen={agentKey} onChoose={(key) => change({ agentKey: key })} />
        ) : null}
        {way === 'key' ? (
          <OtherKey
            text={secret}
            passphrase={passphrase}
            chosen={file}
            onText={onSecret}
            onPassphrase={(text) => change({ passphrase: text })}
            onChoose={onFile}
          />
        ) : null}
        {way === 'password' ? (
          <PasswordField label={t('add.password')} password={secret} onPassword={onSecret} />
        ) : null}
      </div>
      {offersOwnKey && way === 'password' ? <UseOnceChoice fields={fields} /> : null}
      {fields.useOnce === undefined ? <Lasting fields={fields} /> : null}
    </>
  )
}

/** How long it lasts; for a secret that is typed, the choice. */
function Lasting({ fields: { way, file, keep, secret, change } }: { readonly fields: LoginFields }) {
  const { t } = useTranslation()
  if (way === 'agent') return <p className="rs-muted">{t('access.keptAgent')}</p>
  if (way === 'file' || (file?.lasting === true && secret === ''))
    return <p className="rs-muted">{t('add.keptFile')}</p>
  // A password will be typed; a key may also be chosen, and then there is nothing to keep.
  if (way === 'key' && secret === '') return null
  return <KeepBox keep={keep} onKeep={(next) => change({ keep: next })} />
}
