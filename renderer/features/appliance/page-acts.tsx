// What can be done from the head of the page. One of them is primary: to set up, to see the run that goes on, or,
// while the appliance cannot be looked at, what brings it back; then the others wait and say why.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/domain/failure.ts'
import { needsLogin } from '../../console/failure-note.tsx'
import type { Condition } from './condition.ts'

export type PageActsProps = {
  readonly condition: Condition
  readonly onProve: () => void
  readonly onSetUp: () => void
  readonly onLogIn: () => void
  readonly onRetry: () => void
  readonly onOpenRun: (planId: string) => void
}

export function PageActs({ condition, onProve, onSetUp, onOpenRun, ...back }: PageActsProps) {
  const { t } = useTranslation()
  const failure = failureOf(condition)
  if (failure !== undefined) return <ActsOfUnreached failure={failure} {...back} />
  return (
    <>
      <Button onClick={onProve}>{t('appliance.prove')}</Button>
      {condition.is === 'setting-up' ? (
        <Button type="primary" onClick={() => onOpenRun(condition.run.planId)}>
          {t('appliance.openRun')}
        </Button>
      ) : (
        <Button type="primary" onClick={onSetUp}>
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

type UnreachedProps = { readonly failure: Failure } & Pick<PageActsProps, 'onLogIn' | 'onRetry'>

function ActsOfUnreached({ failure, onLogIn, onRetry }: UnreachedProps) {
  const { t } = useTranslation()
  const login = needsLogin(failure)
  const why = t(login ? 'appliance.notWithoutLogin' : 'appliance.notWhileUnreached')
  return (
    <>
      {(['prove', 'setUp'] as const).map((act) => (
        <Button key={act} disabled title={why} aria-description={why}>
          {t(`appliance.${act}`)}
        </Button>
      ))}
      <Button type="primary" onClick={login ? onLogIn : onRetry}>
        {t(login ? 'failure.logIn' : 'common.retry')}
      </Button>
    </>
  )
}
