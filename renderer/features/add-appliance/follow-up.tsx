// What a person can give or decide where an attempt failed for want of it: then the same attempt is made again.
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressText } from '../../../shared/domain/appliance.ts'
import type { Failure, FailureOf } from '../../../shared/domain/failure.ts'
import { useConsole } from '../../console/console-context.tsx'
import { PasswordField } from '../../console/password-field.tsx'
import { VaultPrompt, type VaultReason } from '../../console/vault-prompt.tsx'
import { fileName, isSudoGone, keptNow, loginAt, loginOfFile, withSudo } from './add-form.ts'
import { useKnownLabel } from './credential-label.ts'
import { KeepBox } from './keep-box.tsx'
import { ServerQuestions } from './server-questions.tsx'
import type { AddJourney } from './use-add-journey.ts'
import { WatchHelperFiles } from './watch-files.tsx'
import { WeakAlgorithms } from './weak-algorithms.tsx'

type FollowUpProps = { readonly journey: AddJourney }

export function FollowUp({ journey }: FollowUpProps) {
  const { failure } = journey.act
  if (failure === undefined) return null
  switch (failure.kind) {
    case 'identity-unusable':
      return <LockedKey journey={journey} failure={failure} />
    case 'login-questions':
      return <Questions journey={journey} failure={failure} />
    case 'sudo-refused':
      if (failure.reason !== 'password-needed' && failure.reason !== 'password-wrong') return null
      return <SudoPassword journey={journey} user={failure.user} />
    case 'credential-unknown':
      if (!isSudoGone(journey.form, failure)) return null
      return <SudoPassword journey={journey} user={journey.form.greeted?.address.user ?? ''} />
    case 'algorithms-refused':
      if (!failure.weakWouldDo) return null
      return <WeakAlgorithms failure={failure} onAllow={() => journey.again({ weakAlgorithms: true })} />
    case 'watch-helper-missing':
      return <WatchHelperFiles user={failure.user} onLookAgain={() => journey.again()} />
    case 'vault-missing':
    case 'vault-locked':
      return <Vault journey={journey} reason={failure.kind} />
    case 'key-not-accepted':
    case 'login-keys-unwritable':
      return <NoOwnKey journey={journey} />
    case 'host-key-unknown':
      return <UnknownHop journey={journey} failure={failure} />
    default:
      return null
  }
}

type AboutProps<K extends Failure['kind']> = FollowUpProps & { readonly failure: FailureOf<K> }

function LockedKey({ journey, failure }: AboutProps<'identity-unusable'>) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const labelOf = useKnownLabel()
  const credential = loginOfFile(journey.form, failure.file, labelOf)
  const locked = failure.reason === 'encrypted' || failure.reason === 'passphrase-wrong'
  if (!locked || credential === undefined) return null
  const { credentialId } = credential
  return (
    <OneSecret
      label={t('access.passphrase', { label: labelOf(credential) ?? fileName(failure.file) })}
      hint={t('access.passphraseHint')}
      act={t('access.unlock')}
      onGive={(passphrase) =>
        journey.mend(
          'window.unlockKey',
          () => window.unlockKey({ credentialId, passphrase }),
          () => ({}),
        )
      }
    />
  )
}

function SudoPassword({ journey, user }: FollowUpProps & { readonly user: string }) {
  const { t } = useTranslation()
  const { window } = useConsole()
  const [keep, setKeep] = useState(false)
  return (
    <OneSecret
      label={t('access.sudoPassword', { user })}
      hint={t('access.sudoHint')}
      act={t('access.sudoGo')}
      onGive={(password) =>
        journey.mend(
          'window.offerPassword',
          () => window.offerPassword({ password }),
          ({ credentialId }) => withSudo(journey.form, credentialId, keep),
        )
      }
    >
      <KeepBox keep={keep} onKeep={setKeep} />
    </OneSecret>
  )
}

function Questions({ journey, failure }: AboutProps<'login-questions'>) {
  const { window } = useConsole()
  const { host, port, questions } = failure
  const credential = loginAt(journey.form, failure)
  const login = credential === undefined ? {} : { credentialId: credential.credentialId }
  return (
    <ServerQuestions
      failure={failure}
      onAnswer={(answers) =>
        journey.mend(
          'window.offerAnswers',
          () =>
            window.offerAnswers({
              answers: [...answers],
              questions: questions.map(({ text }) => text),
              place: { host, port },
              ...login,
            }),
          () => ({}),
        )
      }
    />
  )
}

/** Only what is compared is trusted: a jump host has a fingerprint of its own. */
function UnknownHop({ journey, failure }: AboutProps<'host-key-unknown'>) {
  const { t } = useTranslation()
  const { host, port, keyType, fingerprint } = failure
  const hop = journey.form.via.findIndex(({ address }) => address.host === host && address.port === port)
  const address = journey.form.via[hop]?.address
  if (address === undefined) return null
  return (
    <div className="rs-row">
      <Button type="primary" onClick={() => journey.compareHop({ address, keyType, fingerprint, pinned: false, hop })}>
        {t('access.compareHop', { place: addressText(address) })}
      </Button>
    </div>
  )
}

/** The login works, and goes on as it is. */
function NoOwnKey({ journey }: FollowUpProps) {
  const { t } = useTranslation()
  return (
    <div className="rs-row">
      <Button onClick={() => journey.again()}>{t('common.retry')}</Button>
      <Button onClick={() => journey.again({ useOnce: undefined })}>{t('ownKey.goOnWithout')}</Button>
    </div>
  )
}

function Vault({ journey, reason }: FollowUpProps & { readonly reason: VaultReason }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(true)
  const { attempt, form } = journey
  const keeping = attempt === 'save' && (keptNow(form).length > 0 || form.useOnce !== undefined)
  return (
    <>
      <div className="rs-row">
        <Button type="primary" onClick={() => setOpen(true)}>
          {t(reason === 'vault-missing' ? 'access.vaultMake' : 'access.vaultUnlock')}
        </Button>
        {keeping ? (
          <Button onClick={() => journey.again({ keep: [], useOnce: undefined })}>{t('access.keepNot')}</Button>
        ) : null}
      </div>
      <VaultPrompt
        open={open}
        reason={reason}
        onCancel={() => setOpen(false)}
        onDone={() => {
          setOpen(false)
          journey.again()
        }}
      />
    </>
  )
}

type OneSecretProps = {
  readonly label: ReactNode
  readonly hint: ReactNode
  readonly act: string
  readonly onGive: (secret: string) => void
  readonly children?: ReactNode
}

function OneSecret({ label, hint, act, onGive, children }: OneSecretProps) {
  const [secret, setSecret] = useState('')
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (secret === '') return
        onGive(secret)
        setSecret('')
      }}
    >
      <PasswordField label={label} hint={hint} focus password={secret} onPassword={setSecret} />
      {children}
      <div className="rs-row">
        <Button htmlType="submit" disabled={secret === ''}>
          {act}
        </Button>
      </div>
    </form>
  )
}
