// Replaces the login of an appliance by a key of Rackside's own: says what will happen, opens the vault where that is
// in the way, and says what became of the password.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OwnKeyOutcome } from '../../../shared/domain/own-key.ts'
import { useOutdate } from '../answers.ts'
import { useConsole, useWords } from '../console-context.tsx'
import { FailureNote } from '../failure-note.tsx'
import { useAct } from '../use-act.ts'
import { VaultPrompt } from '../vault-prompt.tsx'
import { KeepForSudo } from './keep-for-sudo.tsx'

export type OwnKeyDialogProps = { readonly name: string; readonly onClose: () => void }

export function OwnKeyDialog({ name, onClose }: OwnKeyDialogProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [keepForSudo, setKeepForSudo] = useState(false)
  const [done, setDone] = useState<OwnKeyOutcome | undefined>(undefined)
  const replace = () =>
    act.begin(
      'ownKey.install',
      () => product.ownKey.install({ name, keepForSudo }),
      (outcome) => {
        setDone(outcome)
        outdate('appliances.list')
        outdate('vault.list')
        outdate('vault.state')
      },
    )
  const { failure } = act
  const locked = failure?.kind === 'vault-locked' || failure?.kind === 'vault-missing' ? failure.kind : undefined
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('ownKey.title', { name })}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button onClick={onClose}>{t(done === undefined ? 'common.cancel' : 'common.close')}</Button>
          {done === undefined ? (
            <Button type="primary" loading={act.busy} onClick={replace}>
              {t(act.busy ? 'ownKey.replacing' : 'ownKey.replace')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="rs-form" data-testid="own-key">
        {done === undefined ? (
          <>
            <p>{t('ownKey.lead')}</p>
            <KeepForSudo checked={keepForSudo} onChange={setKeepForSudo} />
          </>
        ) : (
          <Outcome name={name} outcome={done} />
        )}
        {failure === undefined ? null : <FailureNote failure={failure} />}
      </div>
      {locked === undefined ? null : <VaultPrompt open reason={locked} onCancel={act.forget} onDone={replace} />}
    </Modal>
  )
}

function Outcome({ name, outcome }: { readonly name: string; readonly outcome: OwnKeyOutcome }) {
  const { ownKey } = useWords()
  const lines = [ownKey.installed(name), ownKey.login[outcome.login], ownKey.sudo[outcome.sudo]]
  return <div role="status">{lines.map((line) => (line === undefined ? null : <p key={line}>{line}</p>))}</div>
}
