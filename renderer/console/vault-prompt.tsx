// Makes or opens the vault where something is to be kept in it, or is: the passphrase leaves its fields when it is
// handed over, whether it was the right one or not.
import { Button, Input, Modal } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VaultStateView } from '../../shared/contract/vault.ts'
import type { Result } from '../../shared/domain/failure.ts'
import { Field } from '../ui/field.tsx'
import { useAnswer, useOutdate } from './answers.ts'
import { useConsole } from './console-context.tsx'
import { FailureNote } from './failure-note.tsx'
import { useAct } from './use-act.ts'

/** The failures that it mends. */
export type VaultReason = 'vault-missing' | 'vault-locked'

export type VaultPromptProps = {
  readonly open: boolean
  readonly reason: VaultReason
  /** The vault is open now: what was refused can be asked again. */
  readonly onDone: () => void
  readonly onCancel: () => void
}

const shortest = 12
const longest = 1024

export function VaultPrompt({ open, ...rest }: VaultPromptProps) {
  return open ? <OpenPrompt {...rest} /> : null
}

function OpenPrompt({ reason, onDone, onCancel }: Omit<VaultPromptProps, 'open'>) {
  const { t } = useTranslation()
  const { product, window } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const formId = useId()
  const making = reason === 'vault-missing'
  const { answer } = useAnswer({ key: ['vault.state'], ask: () => product.vault.state({}) })
  const protectedByKeychain = !making && answer.state === 'answered' && answer.value.protection === 'keychain'
  const hand = (call: string, ask: () => Promise<Result<VaultStateView>>) =>
    act.begin(call, ask, () => {
      outdate('vault.state')
      outdate('vault.list')
      onDone()
    })
  const give = (passphrase: string) => {
    if (making) return hand('window.createVault', () => window.createVault({ passphrase }))
    return hand('window.unlockVault', () => window.unlockVault(protectedByKeychain ? {} : { passphrase }))
  }
  const acts = { formId, busy: act.busy, onGive: give }
  return (
    <Modal
      open
      onCancel={onCancel}
      width={520}
      title={t(making ? 'vaultPrompt.makeTitle' : 'vaultPrompt.unlockTitle')}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button onClick={onCancel}>{t('common.cancel')}</Button>
          <Button type="primary" htmlType="submit" form={formId} loading={act.busy}>
            {t(making ? 'vaultPrompt.make' : 'vaultPrompt.unlock')}
          </Button>
        </>
      }
    >
      <div className="rs-form" data-testid="vault-prompt" data-reason={reason}>
        <p className="rs-muted">
          {t(
            making
              ? 'vaultPrompt.makeLead'
              : protectedByKeychain
                ? 'vaultPrompt.keychainLead'
                : 'vaultPrompt.unlockLead',
          )}
        </p>
        {protectedByKeychain ? <KeychainForm {...acts} /> : making ? <NewForm {...acts} /> : <UnlockForm {...acts} />}
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
    </Modal>
  )
}

type FormProps = {
  readonly formId: string
  readonly busy: boolean
  readonly onGive: (passphrase: string) => void
}

function KeychainForm({ formId, onGive }: FormProps) {
  return (
    <form
      id={formId}
      onSubmit={(event) => {
        event.preventDefault()
        onGive('')
      }}
    />
  )
}

function UnlockForm({ formId, busy, onGive }: FormProps) {
  const { t } = useTranslation()
  const [passphrase, setPassphrase] = useState('')
  return (
    <form
      id={formId}
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (passphrase === '' || busy) return
        onGive(passphrase)
        setPassphrase('')
      }}
    >
      <PassphraseField label={t('vaultPrompt.passphrase')} value={passphrase} focus onValue={setPassphrase} />
    </form>
  )
}

function NewForm({ formId, busy, onGive }: FormProps) {
  const { t } = useTranslation()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [tried, setTried] = useState(false)
  const short = passphrase.length < shortest
  const differs = again !== passphrase
  return (
    <form
      id={formId}
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (short || differs || busy) return
        onGive(passphrase)
        setPassphrase('')
        setAgain('')
        setTried(false)
      }}
    >
      <PassphraseField
        label={t('vaultPrompt.newPassphrase')}
        value={passphrase}
        focus
        hint={t('vaultPrompt.newHint', { count: shortest })}
        problem={tried && short ? t('vaultPrompt.tooShort', { count: shortest }) : undefined}
        onValue={setPassphrase}
      />
      <PassphraseField
        label={t('vaultPrompt.again')}
        value={again}
        problem={tried && !short && differs ? t('vaultPrompt.differs') : undefined}
        onValue={setAgain}
      />
    </form>
  )
}

type PassphraseFieldProps = {
  readonly label: string
  readonly value: string
  readonly focus?: boolean
  readonly hint?: string
  readonly problem?: string | undefined
  readonly onValue: (value: string) => void
}

function PassphraseField({ label, value, focus = false, hint, problem, onValue }: PassphraseFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <Input.Password
          {...control}
          autoFocus={focus}
          value={value}
          autoComplete="off"
          visibilityToggle={false}
          maxLength={longest}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  )
}
