// A host key that is not the expected one: both fingerprints one below the other, so that they can be compared
// letter by letter, and how a person finds out which of them is right. There is nothing here to agree to.
import { useTranslation } from 'react-i18next'
import { addressText } from '../../shared/domain/appliance.ts'
import type { FailureOf } from '../../shared/domain/failure.ts'
import { Fingerprint } from '../ui/fingerprint.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { FailureNext } from './failure-body.tsx'

export type KeyFailure = FailureOf<'host-key-changed' | 'host-key-mismatch'>

export function HostKeyBody({ failure }: { readonly failure: KeyFailure }) {
  const { t } = useTranslation()
  const changed = failure.kind === 'host-key-changed'
  const expected = changed ? failure.pinned : failure.given
  return (
    <>
      <VerdictMark state="down" word={addressText(failure)} />
      <div className="rs-fingerprints">
        <Fingerprint
          label={changed ? t('failure.pinned') : t('failure.given')}
          text={expected}
          against={failure.offered}
        />
        <Fingerprint label={t('failure.offered')} text={failure.offered} against={expected} />
      </div>
      <FailureNext failure={failure} />
      <details className="rs-evidence" data-testid="retrust">
        <summary>{t('failure.retrust')}</summary>
        <p>{t('failure.retrustWhy')}</p>
        <ol className="rs-evidence-steps">
          <li>{t('failure.retrustAsk')}</li>
          <li>
            {t('failure.retrustCompare')}
            <code className="rs-command">{keyCommand(failure.keyType)}</code>
          </li>
        </ol>
        <p>{t('failure.retrustAct')}</p>
      </details>
    </>
  )
}

/** What prints the fingerprint on the server itself, for the kind of key it showed. */
export function keyCommand(keyType: string): string {
  const name = /ed25519/.test(keyType) ? 'ed25519' : /ecdsa/.test(keyType) ? 'ecdsa' : /rsa/.test(keyType) ? 'rsa' : '*'
  return `ssh-keygen -lf /etc/ssh/ssh_host_${name}_key.pub`
}
