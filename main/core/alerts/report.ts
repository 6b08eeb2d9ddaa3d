// Use case of the report of an alert: what is kept of it, of its messages and in the audit, gathered for whoever asks the
// next morning. Asks no appliance.
import type { IncidentReport } from '../../../shared/contract/alerts.ts'
import type { Alert } from '../../../shared/domain/alert.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { usualRules } from '../../../shared/observe/alerts/rules.ts'
import { gatherIncident, leadMs } from '../../../shared/observe/incident.ts'
import { endOf, type Place } from '../../../shared/observe/incident-place.ts'
import { searchOwnAudit } from '../audit/audit-calls.ts'
import type { CallContext, Core } from '../context.ts'
import { historyKey } from '../history/history-keeper.ts'
import { subjectOf } from '../notifications/run-news.ts'
import { shownAlert } from './alerts.ts'
import { namedAppliance } from './wording.ts'

/** Acts of all appliances since then. */
const mostEntries = 20_000

export function reportAlert({ core, who }: CallContext, alertId: string): Result<IncidentReport> {
  const { keeper, told } = core.alerts
  const { active, past } = keeper.book()
  const alerts = [...past, ...active]
  const alert = alerts.find(({ id }) => id === alertId)
  if (alert === undefined) {
    return fail({ kind: 'input-invalid', call: 'alerts.report', problem: `there is no alert ${alertId}` })
  }
  const nowMs = Date.parse(core.tools.now())
  const gathered = gatherIncident({
    ...{ alert, alerts, nowMs, told: told.all(), place: placeOf(core, alert), ...acts(core, alert) },
    mayAudit: who.rights.has('audit'),
    subjectOf: (planId) => {
      const plan = core.state.readPlan(planId)
      return plan.ok ? subjectOf(plan.value.purpose) : undefined
    },
  })
  const settings = keeper.settings()
  const shown = shownAlert(core, alert, settings.ok ? settings.value.quiets : [])
  const { isDemo } = namedAppliance({ state: core.state, isDemo: core.demos.isDemo }, alert.appliance)
  const unit = usualRules.find(({ id }) => id === alert.rule)?.unit ?? 'state'
  return ok({ alert: shown, unit, demo: isDemo, ...gathered })
}

/** What is older than the audit is kept for was removed. */
function acts(core: Core, { sinceMs }: Alert) {
  const settings = core.state.audit.read()
  const keptMs = (settings.ok ? settings.value.retentionDays : 0) * 24 * 3_600_000
  const isOlder = sinceMs - leadMs < Date.parse(core.tools.now()) - keptMs
  const since = new Date(Math.max(0, sinceMs - leadMs)).toISOString()
  const found = searchOwnAudit(core, { filter: { since }, most: mostEntries })
  if (!found.ok) return { entries: undefined, isCut: false }
  return { entries: found.value.entries, isCut: isOlder || found.value.next !== null }
}

function placeOf({ state }: Core, { appliance }: Alert): Place {
  const saved = state.appliances.read()
  const all = saved.ok ? saved.value : []
  const found = all.find((one) => historyKey(one) === appliance)
  const { host, port } = found?.address ?? endOf(appliance) ?? { host: appliance, port: 0 }
  const pins = state.pins.read()
  const pin = pins.ok ? pins.value.find((one) => one.host === host && one.port === port) : undefined
  const otherNames = all.filter((one) => one !== found).map(({ name }) => name)
  return { name: found?.name, host, port, machineId: pin?.machineId, otherNames }
}
