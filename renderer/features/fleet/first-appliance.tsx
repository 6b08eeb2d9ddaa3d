// The board before the first appliance: what will be here, what will happen, and its address, which begins it; beside
// it the demo appliance for who has no server at hand.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DemoMaking } from '../../console/demo/demo-appliances.ts'
import { TryDemo } from '../../console/demo/try-demo.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'

export type FirstApplianceProps = {
  /** Asks for the address of the first one. */
  readonly connect: ReactNode
  readonly demo: DemoMaking
}

export function FirstAppliance({ connect, demo }: FirstApplianceProps) {
  const { t } = useTranslation()
  return (
    <Page title={t('frame.appliances')}>
      <div className="rs-first">
        <EmptyState title={t('fleet.emptyTitle')} action={connect}>
          <p>{t('fleet.emptyLead')}</p>
          <ol>
            <li>{t('fleet.emptyStepConnect')}</li>
            <li>{t('fleet.emptyStepFind')}</li>
            <li>{t('fleet.emptyStepInstall')}</li>
            <li>{t('fleet.emptyStepProve')}</li>
          </ol>
        </EmptyState>
        <TryDemo {...demo} />
      </div>
    </Page>
  )
}
