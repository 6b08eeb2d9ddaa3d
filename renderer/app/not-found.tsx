// An address that leads nowhere.
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Page } from '../ui/page.tsx'

export function NotFound() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Page title={t('frame.notFound')} lead={t('frame.notFoundLead')}>
      <Button type="primary" onClick={() => void navigate({ to: '/appliances' })}>
        {t('frame.toAppliances')}
      </Button>
    </Page>
  )
}
