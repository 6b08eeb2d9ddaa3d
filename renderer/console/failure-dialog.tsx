// The one dialog for every failure: what, where, the evidence folded, the next step. A changed host key has a
// form of its own, in which nothing can be agreed to; trusting the new one is another dialog, behind a link.
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/domain/failure.ts'
import { FailureEvidence, FailureSaid } from './failure-body.tsx'
import { type FailureAct, needsLogin } from './failure-note.tsx'
import { HostKeyBody, isKeyFailure } from './host-key-body.tsx'
import { RetrustLink } from './retrust-link.tsx'

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

const titles: { readonly [K in Failure['kind']]?: 'keyTitle' | 'revokedTitle' | 'machineTitle' } = {
  'host-key-changed': 'keyTitle',
  'host-key-mismatch': 'keyTitle',
  'host-key-revoked': 'revokedTitle',
  'other-machine': 'machineTitle',
}

type OpenProps = FailureDialogProps & { readonly failure: Failure }

function OpenDialog({ failure, onClose, onRetry, onLogIn, acts = [] }: OpenProps) {
  const { t } = useTranslation()
  const keyFailure = isKeyFailure(failure)
  const trusted = () => {
    onClose()
    onRetry?.()
  }
  const login = needsLogin(failure) && onLogIn !== undefined ? [{ label: t('failure.logIn'), onAct: onLogIn }] : []
  const retry = onRetry === undefined ? [] : [{ label: t('common.retry'), onAct: onRetry }]
  const offered = keyFailure ? [] : [...acts, ...login, ...retry]
  return (
    <Modal
      open
      onCancel={onClose}
      width={640}
      title={t(`failure.${titles[failure.kind] ?? 'title'}`)}
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
        {keyFailure ? (
          <>
            <HostKeyBody failure={failure} />
            <RetrustLink failure={failure} onTrusted={trusted} />
            <FailureEvidence failure={failure} />
          </>
        ) : (
          <FailureSaid failure={failure} />
        )}
      </div>
    </Modal>
  )
}
