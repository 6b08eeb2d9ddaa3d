// Makes or opens the vault where something is to be kept in it, or is: the passphrase leaves its fields when it is
// handed over, whether it was the right one or not.
import { Button, Modal, Spin } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/domain/failure.ts'
import { useConsole } from './console-context.tsx'
import { FailureNote } from './failure-note.tsx'
import { isSame, NewPassphraseFields, noPassphrase, PassphraseField } from './passphrase-field.tsx'
import { usePassphraseProblem } from './passphrase-problem.ts'
import { useAct } from './use-act.ts'
import { isAboutPassphrase, useSecondsLeft, useVaultChanged, useVaultState } from './vault-state.ts'

/** The failures that it mends. */
export type VaultReason = 'vault-missing' | 'vault-locked'

type AskedProps = {
  /** The vault is open now: what was refused can be asked again. */
  readonly onDone: () => void
  readonly onCancel: () => void
}

export type VaultPromptProps = AskedProps & { readonly open: boolean; readonly reason: VaultReason }

export function VaultPrompt({ open, reason, ...asked }: VaultPromptProps) {
  if (!open) return null
  return reason === 'vault-missing' ? <MakePrompt {...asked} /> : <UnlockPrompt {...asked} />
}

function MakePrompt({ onDone, onCancel }: AskedProps) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const [typed, setTyped] = useState(noPassphrase)
  const problem = usePassphraseProblem(act.failure, 0)
  const make = () => {
    const { once: passphrase } = typed
    setTyped(noPassphrase)
    act.begin(
      'window.createVault',
      () => window.createVault({ passphrase }),
      () => {
        changed('unlocked')
        onDone()
      },
    )
  }
  return (
    <Prompt
      title={t('vaultPrompt.makeTitle')}
      lead={t('vaultPrompt.makeLead')}
      act={t('credentials.create')}
      ready={isSame(typed)}
      busy={act.busy}
      failure={act.failure}
      onGo={make}
      onCancel={onCancel}
    >
      <NewPassphraseFields
        label={t('credentials.passphrase')}
        focus
        typed={typed}
        problem={problem}
        onTyped={setTyped}
      />
    </Prompt>
  )
}

function UnlockPrompt({ onDone, onCancel }: AskedProps) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const { answer, askAgain } = useVaultState()
  const [passphrase, setPassphrase] = useState('')
  const { value: vault, atMs } = answer.state === 'answered' ? answer : { value: undefined, atMs: 0 }
  const byKeychain = vault?.protection === 'keychain'
  const secondsLeft = useSecondsLeft(vault?.waitSeconds ?? 0, atMs)
  const problem = usePassphraseProblem(act.failure, secondsLeft)
  const unlock = () => {
    setPassphrase('')
    act.begin(
      'window.unlockVault',
      async () => {
        const unlocked = await window.unlockVault(byKeychain ? {} : { passphrase })
        // A wrong one may have begun a waiting time.
        if (!unlocked.ok) changed()
        return unlocked
      },
      () => {
        changed('unlocked')
        onDone()
      },
    )
  }
  const lead = t(byKeychain ? 'credentials.unlockKeychainLead' : 'vaultPrompt.unlockLead')
  return (
    <Prompt
      title={t('credentials.unlockTitle')}
      {...(vault === undefined ? {} : { lead, act: t('credentials.unlock') })}
      ready={byKeychain || (passphrase !== '' && secondsLeft === 0)}
      busy={act.busy}
      failure={act.failure}
      onGo={unlock}
      onCancel={onCancel}
    >
      {answer.state === 'waiting' ? <Spin size="small" aria-label={t('frame.loading')} /> : null}
      {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
      {vault === undefined || byKeychain ? null : (
        <PassphraseField
          label={t('credentials.passphrase')}
          focus
          passphrase={passphrase}
          problem={problem}
          onPassphrase={setPassphrase}
        />
      )}
    </Prompt>
  )
}

type PromptProps = {
  readonly title: string
  readonly lead?: string
  /** What the one act is called, where there is one. */
  readonly act?: string
  readonly ready: boolean
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly onGo: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}

function Prompt({ title, lead, act, ready, busy, failure, onGo, onCancel, children }: PromptProps) {
  const { t } = useTranslation()
  const formId = useId()
  return (
    <Modal
      open
      onCancel={onCancel}
      width={520}
      title={title}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
          {act === undefined ? null : (
            <Button type="primary" htmlType="submit" form={formId} disabled={!ready} loading={busy}>
              {act}
            </Button>
          )}
        </>
      }
    >
      <form
        id={formId}
        className="rs-form"
        data-testid="vault-prompt"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready && !busy) onGo()
        }}
      >
        {lead === undefined ? null : <p className="rs-muted">{lead}</p>}
        {children}
        {failure === undefined || isAboutPassphrase(failure) ? null : <FailureNote failure={failure} />}
      </form>
    </Modal>
  )
}
