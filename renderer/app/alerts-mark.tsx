// Alerts in the top bar: how many need somebody, by the shape of the worst; it keeps its width whatever it says.
import { AlertOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { severityMarks, useAlertsNow, wantsSomebody, worstSeverity } from '../console/alerts-now.ts'
import { useLinkState } from '../console/console-context.tsx'
import { VerdictShape } from '../ui/verdict-mark.tsx'

export function AlertsMark() {
  const { t } = useTranslation()
  const linked = useLinkState().state === 'open'
  const { answer } = useAlertsNow()
  const isKnown = linked && answer.state === 'answered' && answer.problem === undefined
  const needs = isKnown ? answer.value.active.filter(wantsSomebody) : []
  const worst = worstSeverity(needs)
  const active = isKnown ? answer.value.active.length : 0
  const said = !isKnown
    ? t('alerts.markOld')
    : needs.length > 0
      ? t('alerts.markSome', { count: needs.length })
      : t(active === 0 ? 'alerts.markNone' : 'alerts.cared')
  return (
    <Link to="/alerts" className="rs-alerts-mark" title={said} aria-label={said} data-testid="alerts-mark">
      {worst === undefined ? <AlertOutlined aria-hidden="true" /> : <VerdictShape state={severityMarks[worst]} />}
      <span aria-hidden="true">{needs.length > 0 ? needs.length : t('alerts.mark')}</span>
    </Link>
  )
}
