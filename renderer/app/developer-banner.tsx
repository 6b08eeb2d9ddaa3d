// While the developer switch of the console is on, every screen says so.
import { useTranslation } from 'react-i18next'
import { useAnswer } from '../console/answers.ts'
import { useConsole } from '../console/console-context.tsx'
import { VerdictMark } from '../ui/verdict-mark.tsx'

export function DeveloperBanner() {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { answer } = useAnswer({ key: ['publishers.list'], ask: () => product.publishers.list({}) })
  if (answer.state !== 'answered' || !answer.value.allowsUnsigned) return null
  return (
    <div className="rs-banner" data-testid="developer-switch">
      <VerdictMark state="degraded" word={t('publishers.allowsUnsigned')} />
    </div>
  )
}
