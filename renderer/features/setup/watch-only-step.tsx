// In place of a setup: an appliance whose login only watches is not set up, and what would have to be done for it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { railSteps } from './rail-steps.ts'
import { SetupColumns } from './setup-columns.tsx'

export type WatchOnlyStepProps = {
  readonly name: string
  readonly onLogIn: () => void
  readonly onLeave: () => void
}

export function WatchOnlyStep({ name, onLogIn, onLeave }: WatchOnlyStepProps) {
  const { t } = useTranslation()
  return (
    <SetupColumns
      steps={railSteps(t, { now: 'connect' })}
      title={t('setup.watchOnly.title', { name })}
      lead={t('access.watchNoSetUp')}
      aside={null}
    >
      <div className="rs-row" data-testid="watch-only">
        <Button type="primary" onClick={onLogIn}>
          {t('failure.logIn')}
        </Button>
        <Button onClick={onLeave}>{t('setup.toAppliance')}</Button>
      </div>
    </SetupColumns>
  )
}
