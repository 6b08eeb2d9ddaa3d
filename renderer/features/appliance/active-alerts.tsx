// How many alerts an appliance has now, and the worst of them in words: the way to what to do.
import { useTranslation } from 'react-i18next'
import { alertTitle } from '../../../shared/words/alert-text.ts'
import { byNeed, severityMarks, useAlertsNow } from '../../console/alerts-now.ts'
import { useWords } from '../../console/console-context.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'

export function ActiveAlerts({ name, onAlerts }: { readonly name: string; readonly onAlerts: () => void }) {
  const { t } = useTranslation()
  const words = useWords()
  const { answer } = useAlertsNow()
  if (answer.state !== 'answered' || answer.problem !== undefined) return null
  const alerts = answer.value.active.filter((one) => one.name === name).sort(byNeed)
  const [worst] = alerts
  if (worst === undefined) return null
  return (
    <div data-testid="active-alerts">
      <VerdictMark state={severityMarks[worst.severity]} word={t('alerts.onPage', { count: alerts.length })}>
        {words.cli.pair(t(`alerts.severity.${worst.severity}`), alertTitle(worst, words))}{' '}
        <button type="button" className="rs-link rs-link-act" onClick={onAlerts}>
          {t('alerts.seeAll')}
        </button>
      </VerdictMark>
    </div>
  )
}
