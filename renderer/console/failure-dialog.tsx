// The one dialog for every failure: what, where, the evidence folded, the next step. A changed host key has a
// form of its own, in which nothing can be agreed to.
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/domain/failure.ts'
import { VerdictMark } from '../ui/verdict-mark.tsx'
import { FailureEvidence, FailureNext } from './failure-body.tsx'
import { type FailureAct, needsLogin } from './failure-note.tsx'
import { useFailureText } from './failure-text.ts'
import { HostKeyBody } from './host-key-body.tsx'

export type FailureDialogProps = {
  /** Undefined: closed. */
  readonly failure: Failure | undefined
  readonly onClose: () => void
  readonly onRetry?: (() => void) | undefined
  readonly onLogIn?: (() => void) | undefined
  readonly acts?: readonly FailureAct[]
}

export function FailureDialog({ failure, ...rest }: FailureDialogProps) {
  return failure === undefined ? null : <OpenDialog failure={failure} {...rest} />
}

type OpenProps = FailureDialogProps & { readonly failure: Failure }

function OpenDialog({ failure, onClose, onRetry, onLogIn, acts = [] }: OpenProps) {
  const { t } = useTranslation()
  const keyFailure = failure.kind === 'host-key-changed' || failure.kind === 'host-key-mismatch'
  const login = needsLogin(failure) && onLogIn !== undefined ? [{ label: t('failure.logIn'), onAct: onLogIn }] : []
  const retry = onRetry === undefined ? [] : [{ label: t('common.retry'), onAct: onRetry }]
  const offered = keyFailure ? [] : [...acts, ...login, ...retry]
  return (
    <Modal
      open
      onCancel={onClose}
      width={640}
      title={keyFailure ? t('failure.keyTitle') : t('failure.title')}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            {keyFailure || offered.length > 0 ? t('common.cancel') : t('common.close')}
          </Button>
          {offered.map(({ label, onAct }, place) => (
            <Button key={label} type={place === 0 ? 'primary' : 'default'} onClick={onAct}>
              {label}
            </Button>
          ))}
        </>
      }
    >
      <div className="rs-failure" role="alert" data-testid="failure" data-kind={failure.kind}>
        {keyFailure ? <HostKeyBody failure={failure} /> : <PlainBody failure={failure} />}
        <FailureEvidence failure={failure} />
      </div>
    </Modal>
  )
}

function PlainBody({ failure }: { readonly failure: Failure }) {
  const { what } = useFailureText(failure)
  return (
    <>
      <VerdictMark state="down" word={what} />
      <FailureNext failure={failure} />
    </>
  )
}
