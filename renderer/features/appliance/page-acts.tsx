// What can be done from the head of the page. One of them is primary: to set up, to see the run that goes on, or,
// while the appliance cannot be looked at, what brings it back; then the others wait and say why.
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Condition } from '../../console/condition.ts'
import { needsLogin } from '../../console/failure-note.tsx'
import { VaultPrompt } from '../../console/vault-prompt.tsx'

export type PageActsProps = {
  readonly condition: Condition
  /** Its login cannot set anything up. */
  readonly watchOnly: boolean
  /** The tab has a primary act of its own. */
  readonly second: boolean
  readonly onProve: () => void
  readonly onTest: () => void
  readonly onSetUp: () => void
  readonly onLogIn: () => void
  readonly onRetry: () => void
  readonly onOpenRun: (planId: string) => void
}

export function PageActs({
  condition,
  watchOnly,
  second,
  onProve,
  onTest,
  onSetUp,
  onOpenRun,
  ...back
}: PageActsProps) {
  const { t } = useTranslation()
  const failure = failureOf(condition)
  const test = <Button onClick={onTest}>{t('connection.act')}</Button>
  if (failure !== undefined) return <ActsOfUnreached failure={failure} watchOnly={watchOnly} test={test} {...back} />
  return (
    <>
      {test}
      <Button onClick={onProve}>{t('appliance.prove')}</Button>
      {condition.is === 'setting-up' ? (
        <Button type="primary" onClick={() => onOpenRun(condition.run.planId)}>
          {t('appliance.openRun')}
        </Button>
      ) : watchOnly ? null : (
        <Button type={second ? 'default' : 'primary'} onClick={onSetUp}>
          {t('appliance.setUp')}
        </Button>
      )}
    </>
  )
}

/** Why the appliance cannot be looked at now. */
export function failureOf(condition: Condition): Failure | undefined {
  return condition.is === 'unreachable' || condition.is === 'old' ? condition.failure : undefined
}

type UnreachedProps = Pick<PageActsProps, 'watchOnly' | 'onLogIn' | 'onRetry'> & {
  readonly failure: Failure
  readonly test: ReactNode
}

function ActsOfUnreached({ failure, watchOnly, test, onLogIn, onRetry }: UnreachedProps) {
  const { t } = useTranslation()
  const login = needsLogin(failure)
  const why = t(whyNot(failure))
  return (
    <>
      {test}
      {(watchOnly ? (['prove'] as const) : (['prove', 'setUp'] as const)).map((act) => (
        <Button key={act} disabled title={why} aria-description={why}>
          {t(`appliance.${act}`)}
        </Button>
      ))}
      {login ? <Button onClick={onRetry}>{t('common.retry')}</Button> : null}
      {failure.kind === 'vault-locked' ? (
        <UnlockVault onUnlocked={onRetry} />
      ) : failure.kind === 'linux-needed' ? null : (
        <Button type="primary" onClick={login ? onLogIn : onRetry}>
          {t(login ? 'failure.logIn' : 'common.retry')}
        </Button>
      )}
    </>
  )
}

function whyNot(failure: Failure) {
  if (failure.kind === 'linux-needed') return 'appliance.notWithoutLinux'
  return needsLogin(failure) ? 'appliance.notWithoutLogin' : 'appliance.notWhileUnreached'
}

/** Its login is in the vault: that is opened, and it is looked at again. */
function UnlockVault({ onUnlocked }: { readonly onUnlocked: () => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button type="primary" onClick={() => setOpen(true)}>
        {t('access.vaultUnlock')}
      </Button>
      <VaultPrompt
        open={open}
        reason="vault-locked"
        onCancel={() => setOpen(false)}
        onDone={() => {
          setOpen(false)
          onUnlocked()
        }}
      />
    </>
  )
}
