// The audit: first whether it is as it was written, in plain words; then what is in it.
import { useTranslation } from 'react-i18next'
import { PrintPage } from '../../console/print-page.tsx'
import { useLateLabels } from '../../i18n/late-labels.ts'
import { Page } from '../../ui/page.tsx'
import { SearchPart } from './search-part.tsx'
import { StatePart } from './state-part.tsx'
import './audit.css'

export function AuditScreen() {
  useLateLabels()
  const { t } = useTranslation()
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')} actions={<PrintPage name="rackside-audit" />}>
      <div className="rs-stack">
        <StatePart />
        <SearchPart />
      </div>
    </Page>
  )
}
