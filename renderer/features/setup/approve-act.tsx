// The one press that approves a plan. What cannot be undone asks for the name of the server first.
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { isTypedHost, TypedHost } from '../../console/typed-host.tsx'
import { useSavedNames } from '../../console/use-saved.ts'
import { useHolder } from './holder.ts'
import { areWhole, noWishes, RunWishFields, wishesOf } from './run-wishes.tsx'

export type Approval = ReturnType<typeof wishesOf> & { readonly typedHost: string }

export type ApproveActProps = {
  readonly plan: Plan
  readonly name: string
  readonly beginning: boolean
  /** Why it could not begin, where that was tried. */
  readonly failure: Failure | undefined
  /** What has to be accepted besides was accepted. */
  readonly mayApprove: boolean
  /** `typedHost`: what was typed, where it was asked for. */
  readonly onApprove: (approval: Approval) => void
}

const labels = {
  'set-up': 'setup.review.install',
  'roll-back': 'setup.review.rollBack',
  'renew-certificate': 'setup.review.renew',
  uninstall: 'setup.review.uninstall',
} as const

export function ApproveAct({ plan, name, beginning, failure, mayApprove, onApprove }: ApproveActProps) {
  const { purpose, address } = plan
  const { t } = useTranslation()
  const names = useSavedNames(address)
  const [typed, setTyped] = useState('')
  const [wishes, setWishes] = useState(noWishes)
  const holder = useHolder(name, failure)
  const destructive = purpose.act === 'uninstall'
  return (
    <>
      {destructive ? <TypedHost host={address.host} names={names} typed={typed} onTyped={setTyped} /> : null}
      <RunWishFields plan={plan} holder={holder} wishes={wishes} onWish={setWishes} />
      <Button
        type="primary"
        danger={destructive}
        disabled={!mayApprove || !areWhole(wishes) || (destructive && !isTypedHost(typed, address.host, names))}
        loading={beginning}
        onClick={() => onApprove({ typedHost: typed, ...wishesOf(wishes) })}
        data-testid="install"
      >
        {t(beginning ? 'setup.review.beginning' : labels[purpose.act])}
      </Button>
    </>
  )
}
