// A failure in place: the part of a screen that could not be shown says why, and what helps.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../shared/domain/failure.ts'
import { type MarkState, VerdictMark } from '../ui/verdict-mark.tsx'
import { FailureEvidence, FailureNext } from './failure-body.tsx'
import { useFailureText } from './failure-text.ts'
import { AskApproval } from './operators/ask-approval.tsx'
import { RetrustLink } from './retrust-link.tsx'

/** What a person can do about it from here, by a button. */
export type FailureAct = { readonly label: string; readonly onAct: () => void }

export type FailureNoteProps = {
  readonly failure: Failure
  readonly onRetry?: (() => void) | undefined
  /** Shown where a login is what is missing or was refused. */
  readonly onLogIn?: (() => void) | undefined
  readonly acts?: readonly FailureAct[]
  /** `unknown` where nothing is known to be broken but the look itself failed. */
  readonly state?: MarkState
}

const loginKinds: readonly Failure['kind'][] = [
  'credential-unknown',
  'login-refused',
  'login-questions',
  'host-key-unknown',
  'agent-unusable',
  'identity-unusable',
  'sudo-refused',
  'algorithms-refused',
  'watch-only',
  'watch-helper-missing',
]

export function needsLogin(failure: Failure): boolean {
  return loginKinds.includes(failure.kind)
}

export function FailureNote({ failure, onRetry, onLogIn, acts = [], state = 'down' }: FailureNoteProps) {
  const { t } = useTranslation()
  const { what } = useFailureText(failure)
  const login = needsLogin(failure) && onLogIn !== undefined ? [{ label: t('failure.logIn'), onAct: onLogIn }] : []
  const retry = onRetry === undefined ? [] : [{ label: t('common.retry'), onAct: onRetry }]
  const offered = [...acts, ...login, ...retry]
  return (
    <div className="rs-failure" role="alert" data-testid="failure" data-kind={failure.kind}>
      <VerdictMark state={state} word={what} />
      <FailureNext failure={failure} />
      {offered.length === 0 ? null : (
        <div className="rs-row">
          {offered.map(({ label, onAct }) => (
            <Button key={label} onClick={onAct}>
              {label}
            </Button>
          ))}
        </div>
      )}
      <RetrustLink failure={failure} onTrusted={onRetry} />
      <AskApproval failure={failure} />
      <FailureEvidence failure={failure} />
    </div>
  )
}
