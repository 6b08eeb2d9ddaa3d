// The board before the first appliance: what will be here, what will happen, and the one act that begins it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'

export function FirstAppliance({ onAdd }: { readonly onAdd: () => void }) {
  const { t } = useTranslation()
  return (
    <Page title={t('frame.appliances')}>
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
    </Page>
  )
}
