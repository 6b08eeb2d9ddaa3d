// The board before the first appliance: what will be here, what will happen, and the one act that begins it; beside
// it the demo appliance for who has no server at hand.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { DemoMaking } from '../../console/demo/demo-appliances.ts'
import { TryDemo } from '../../console/demo/try-demo.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'

export type FirstApplianceProps = { readonly onAdd: () => void; readonly demo: DemoMaking }

export function FirstAppliance({ onAdd, demo }: FirstApplianceProps) {
  const { t } = useTranslation()
  return (
    <Page title={t('frame.appliances')}>
      <div className="rs-first">
        <EmptyState
          title={t('fleet.emptyTitle')}
          action={
            <Button type="primary" onClick={onAdd}>
              {t('fleet.add')}
            </Button>
          }
        >
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
