// Makes or opens the vault in the middle of something else, where a secret is to be kept in it, or is.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../ui/loading.tsx'
import { FailureNote } from './failure-note.tsx'
import { FormDialog } from './form-dialog.tsx'
import { NewPassphraseFields, PassphraseField } from './passphrase-field.tsx'
import { useMakeVault, useUnlockVault } from './use-vault-acts.ts'
import { isAboutPassphrase, useVaultState } from './vault-state.ts'

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
  const { typed, setTyped, problem, ...act } = useMakeVault(onDone)
  return (
    <Prompt
      title={t('vaultPrompt.makeTitle')}
      lead={t('vaultPrompt.makeLead')}
      word={t('credentials.create')}
      act={act}
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
  const { answer, askAgain } = useVaultState()
  const { value: vault, atMs } = answer.state === 'answered' ? answer : { value: undefined, atMs: 0 }
  const { typed, setTyped, problem, byKeychain, ...act } = useUnlockVault(vault, atMs, onDone)
  const lead = t(byKeychain ? 'credentials.unlockKeychainLead' : 'vaultPrompt.unlockLead')
  return (
    <Prompt
      title={t('credentials.unlockTitle')}
      {...(vault === undefined ? {} : { lead, word: t('credentials.unlock') })}
      act={act}
      onCancel={onCancel}
    >
      {answer.state === 'waiting' ? <Loading label={t('frame.loading')} /> : null}
      {answer.state === 'failed' ? <FailureNote failure={answer.failure} onRetry={askAgain} /> : null}
      {vault === undefined || byKeychain ? null : (
        <PassphraseField
          label={t('credentials.passphrase')}
          focus
          passphrase={typed}
          problem={problem}
          onPassphrase={setTyped}
        />
      )}
    </Prompt>
  )
}

type PromptProps = {
  readonly title: string
  readonly lead?: string
  /** What the one act is called, where there is one. */
  readonly word?: string
  readonly act: Pick<ReturnType<typeof useMakeVault>, 'ready' | 'busy' | 'failure' | 'go'>
  readonly onCancel: () => void
  readonly children: ReactNode
}

function Prompt({ lead, act: { ready, busy, failure, go }, children, ...dialog }: PromptProps) {
  const told = isAboutPassphrase(failure) ? undefined : failure
  return (
    <FormDialog {...dialog} act={{ busy, failure: told }} ready={ready} testId="vault-prompt" onGo={go}>
      {lead === undefined ? null : <p className="rs-muted">{lead}</p>}
      {children}
    </FormDialog>
  )
}
