// Trusting another key, or the same key on another machine: an act of its own with a dialog of its own. The new
// fingerprint is compared as a first one is, the host's name is typed, and leaving is what the keyboard starts at.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressText } from '../../shared/domain/appliance.ts'
import { Fingerprint } from '../ui/fingerprint.tsx'
import { Loading } from '../ui/loading.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { useOutdate } from './answers.ts'
import { useConsole } from './console-context.tsx'
import { FailureSaid } from './failure-body.tsx'
import { FingerprintCheckFields, useFingerprintCheck } from './fingerprint-check.tsx'
import { MachineIds } from './host-key-body.tsx'
import { type Retrustable, type RetrustQuestion, useRetrustQuestion } from './retrust-question.ts'
import { isTypedHost, TypedHost } from './typed-host.tsx'
import { useAct } from './use-act.ts'

export type RetrustDialogProps = {
  readonly failure: Retrustable
  readonly onClose: () => void
  readonly onTrusted?: (() => void) | undefined
}

export function RetrustDialog({ failure, onClose, onTrusted }: RetrustDialogProps) {
  const { t } = useTranslation()
  const outdate = useOutdate()
  const { answer, askAgain } = useRetrustQuestion(failure)
  const [replaced, setReplaced] = useState<number | undefined>(undefined)
  const leave = () => {
    onClose()
    if (replaced === undefined) return
    // Whatever was asked of this address before was refused for its old key.
    outdate()
    onTrusted?.()
  }
  const place = addressText(failure)
  const machine = failure.kind === 'other-machine'
  return (
    <Modal
      open
      onCancel={leave}
      width={720}
      style={{ top: 24 }}
      footer={null}
      title={t(machine ? 'trust.titleMachine' : 'trust.title', { place })}
      closable={{ 'aria-label': t('common.close') }}
    >
      <div data-testid="retrust">
        {replaced === undefined ? null : <Trusted machine={machine} replaced={replaced} onClose={leave} />}
        {replaced !== undefined || answer.state === 'answered' ? null : answer.state === 'waiting' ? (
          <Loading label={t('frame.loading')} />
        ) : (
          <div className="rs-failure" role="alert">
            <FailureSaid failure={answer.failure} />
            <div className="rs-row">
              <Button onClick={leave}>{t('common.cancel')}</Button>
              <Button onClick={askAgain}>{t('common.retry')}</Button>
            </div>
          </div>
        )}
        {replaced === undefined && answer.state === 'answered' ? (
          <RetrustForm failure={failure} question={answer.value} onCancel={leave} onTrusted={setReplaced} />
        ) : null}
      </div>
    </Modal>
  )
}

type FormProps = {
  readonly failure: Retrustable
  readonly question: RetrustQuestion
  readonly onCancel: () => void
  readonly onTrusted: (replaced: number) => void
}

function RetrustForm({ failure, question, onCancel, onTrusted }: FormProps) {
  const { way, names, keyType, fingerprint } = question
  const { t } = useTranslation()
  const { product } = useConsole()
  const machine = failure.kind === 'other-machine'
  const act = useAct()
  const check = useFingerprintCheck(fingerprint)
  const [typed, setTyped] = useState('')
  const ready = check.sure && isTypedHost(typed, failure.host, names)
  const trust = () =>
    act.begin(
      'hostKeys.retrust',
      () => product.hostKeys.retrust({ ...way, fingerprint, typedHost: typed.trim() }),
      (done) => onTrusted(done.replaced),
    )
  return (
    <form
      className="rs-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) trust()
      }}
    >
      <p>{t(machine ? 'trust.leadMachine' : 'trust.lead')}</p>
      <Known failure={failure} />
      <Fingerprint
        label={t('trust.new', { keyType })}
        text={fingerprint}
        {...(failure.kind === 'host-key-changed' ? { against: failure.pinned } : {})}
      />
      <FingerprintCheckFields keyType={keyType} check={check} />
      <TypedHost host={failure.host} names={names} typed={typed} onTyped={setTyped} />
      <p className="rs-muted">{t('trust.effect')}</p>
      {act.failure === undefined ? null : (
        <div className="rs-failure" role="alert">
          <FailureSaid failure={act.failure} />
        </div>
      )}
      <div className="rs-row">
        <Button autoFocus onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button danger htmlType="submit" disabled={!ready} loading={act.busy}>
          {t(machine ? 'trust.trustMachine' : 'trust.trustNew')}
        </Button>
      </div>
    </form>
  )
}

/** What is known here until now: the old key, or the machine. */
function Known({ failure }: { readonly failure: Retrustable }) {
  const { t } = useTranslation()
  if (failure.kind === 'host-key-changed') return <Fingerprint label={t('failure.pinned')} text={failure.pinned} />
  return <MachineIds knownMachine={failure.knownMachine} foundMachine={failure.foundMachine} />
}

type TrustedProps = { readonly machine: boolean; readonly replaced: number; readonly onClose: () => void }

function Trusted({ machine, replaced, onClose }: TrustedProps) {
  const { t } = useTranslation()
  return (
    <div className="rs-form" role="status">
      <VerdictMark state="healthy" word={t(machine ? 'trust.doneMachine' : 'trust.done')}>
        {t('trust.replaced', { count: replaced })}
      </VerdictMark>
      <div className="rs-row">
        <Button type="primary" autoFocus onClick={onClose}>
          {t('common.close')}
        </Button>
      </div>
    </div>
  )
}
