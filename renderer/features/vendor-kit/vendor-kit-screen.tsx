// For a vendor's engineer who has an hour: the seven steps to a delivery with the command of each, and the check of what
// comes out of them. Keys and projects stay in a terminal; this window reads and signs nothing.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLateLabels } from '../../i18n/late-labels.ts'
import { Page } from '../../ui/page.tsx'
import { CheckPart } from './check-part.tsx'
import { StepsPart } from './steps-part.tsx'
import './vendor-kit.css'

export type VendorKitScreenProps = { readonly onPublishers: () => void; readonly onBundles: () => void }

export function VendorKitScreen({ onPublishers, onBundles }: VendorKitScreenProps) {
  useLateLabels()
  const { t } = useTranslation()
  return (
    <Page title={t('frame.vendorKit')} lead={t('vendorKit.lead')}>
      <div className="rs-stack">
        <StepsPart />
        <CheckPart />
        <p className="rs-muted">{t('vendorKit.acceptLead')}</p>
        <div className="rs-row">
          <Button onClick={onBundles}>{t('vendorKit.accept')}</Button>
          <Button onClick={onPublishers}>{t('settings.toPublishers')}</Button>
        </div>
      </div>
    </Page>
  )
}
