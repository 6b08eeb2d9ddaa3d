// What is shown in place of a screen that threw.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { CopyBlock } from '../console/copy-block.tsx'
import { Page } from '../ui/page.tsx'

export function BrokenScreen({ error }: { readonly error: unknown }) {
  const { t } = useTranslation()
  return (
    <main className="rs-alone">
      <Page title={t('frame.broken')} lead={t('frame.brokenLead')} narrow>
        <CopyBlock text={error instanceof Error ? (error.stack ?? error.message) : String(error)} />
        <Button type="primary" onClick={() => location.reload()}>
          {t('frame.reload')}
        </Button>
      </Page>
    </main>
  )
}
