// A host key, or a machine behind it, that is not the expected one: what was expected and what answered, one below the
// other, so that they can be compared letter by letter. There is nothing here to agree to.
import { useTranslation } from 'react-i18next'
import { addressText } from '../../shared/domain/appliance.ts'
import type { Failure, FailureOf } from '../../shared/domain/failure.ts'
import { FactList, known } from '../ui/fact-list.tsx'
import { Fingerprint } from '../ui/fingerprint.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { FailureNext } from './failure-body.tsx'

export type KeyFailure = FailureOf<'host-key-changed' | 'host-key-mismatch' | 'host-key-revoked' | 'other-machine'>

const keyKinds: readonly Failure['kind'][] = [
  'host-key-changed',
  'host-key-mismatch',
  'host-key-revoked',
  'other-machine',
]

/** A hard stop: nothing may be done on a screen before it was read. */
export function isKeyFailure(failure: Failure): failure is KeyFailure {
  return keyKinds.includes(failure.kind)
}

export function HostKeyBody({ failure }: { readonly failure: KeyFailure }) {
  const { t } = useTranslation()
  return (
    <>
      <VerdictMark state="down" word={addressText(failure)} />
      <Shown failure={failure} />
      <FailureNext failure={failure} />
      {failure.kind === 'host-key-changed' ? (
        <p className="rs-muted">
          {t('failure.keyWhy')} {t('failure.keyAsk')}
        </p>
      ) : null}
    </>
  )
}

function Shown({ failure }: { readonly failure: KeyFailure }) {
  const { t } = useTranslation()
  if (failure.kind === 'other-machine') {
    return <MachineIds knownMachine={failure.knownMachine} foundMachine={failure.foundMachine} />
  }
  if (failure.kind === 'host-key-revoked') {
    return <Fingerprint label={t('failure.revoked', { keyType: failure.keyType })} text={failure.fingerprint} />
  }
  const changed = failure.kind === 'host-key-changed'
  const expected = changed ? failure.pinned : failure.given
  return (
    <div className="rs-fingerprints">
      <Fingerprint
        label={changed ? t('failure.pinned') : t('failure.given')}
        text={expected}
        against={failure.offered}
      />
      <Fingerprint label={t('failure.offered')} text={failure.offered} against={expected} />
    </div>
  )
}

type MachineIdsProps = Pick<FailureOf<'other-machine'>, 'knownMachine' | 'foundMachine'>

export function MachineIds({ knownMachine, foundMachine }: MachineIdsProps) {
  const { t } = useTranslation()
  return (
    <FactList
      facts={[
        { label: t('failure.fields.knownMachine'), value: known(<code>{knownMachine}</code>) },
        { label: t('failure.fields.foundMachine'), value: known(<code>{foundMachine}</code>) },
      ]}
    />
  )
}
