// Reports of alerts for scenes and tests: a night in which a card was lost, a runtime went down with it and a setup mended
// both; and one that goes on, of which little is known.
import type { IncidentReport } from '../../../shared/contract/alerts.ts'
import type { IncidentEvent, Telling } from '../../../shared/domain/incident.ts'
import { activeAlerts, pastAlerts } from './scripted-alerts.ts'

const minuteMs = 60_000

export function nightReport(nowMs: number): IncidentReport {
  const alert = pastAlerts(nowMs).find(({ id }) => id === 'past-2')
  if (alert === undefined) throw new Error('no such alert')
  const { sinceMs } = alert
  const at = (minutes: number) => Math.round(sinceMs + minutes * minuteMs)
  const overMs = alert.over?.atMs ?? at(48)
  const mail: Telling = {
    ...{ alert: alert.id, kind: 'fired', atMs: at(1), channel: 'it-mail', way: 'smtp', list: 'first' },
    sentMs: at(1) + 2000,
  }
  const { sentMs: _, ...told } = mail
  const robot: Telling = { ...told, channel: 'ward-wecom', way: 'wecom', problem: 'refused' }
  const events: IncidentEvent[] = [
    actOf(at(-9), { act: 'terminal-open', who: 'huawei-vendor', number: 212 }, { result: 'ok' }),
    {
      ...{ kind: 'other', atMs: at(-1), isFirst: true, id: 'past-9', rule: 'device-lost', subject: 'ascend 3' },
      ...{ severity: 'critical', overMs: at(40) },
    },
    { kind: 'began', atMs: at(0) },
    { kind: 'fired', atMs: at(1) },
    {
      ...{ kind: 'told', atMs: at(1), why: 'fired' },
      on: [mail, robot],
    },
    { kind: 'acknowledged', atMs: at(12), by: 'ward-admin-2' },
    {
      ...{ kind: 'run', atMs: at(22), who: 'ward-admin-2', planId: 'plan-4b1d07c2', outcome: 'failed' },
      ...{ subject: { act: 'set-up', solution: 'ward-assistant' }, endMs: at(25), changed: 0, failure: 'step-failed' },
    },
    actOf(at(28), { act: 'certificate-give', who: 'ward-admin-2', number: 219 }, { result: 'failed', failure: 'bug' }),
    {
      ...{ kind: 'run', atMs: at(31), who: 'ward-admin-2', planId: 'plan-77aa01fe', outcome: 'done', endMs: at(44) },
      ...{ subject: { act: 'set-up', solution: 'ward-assistant' }, changed: 4, verdict: 'healthy' },
    },
    { kind: 'told', atMs: overMs, why: 'over', on: null },
    { kind: 'over', atMs: overMs, how: 'cleared' },
  ]
  const acknowledged = { atMs: at(12), by: 'ward-admin-2' }
  return {
    ...{ alert: { ...alert, sinceMs, firedMs: at(1), acknowledged }, unit: 'state', demo: false, events },
    ...{ likelyCause: 'past-9', acts: 'whole', fromMs: at(-15), untilMs: overMs },
  }
}

type Act = { readonly act: string; readonly who: string; readonly number: number }
type Came = { readonly result: 'ok' | 'failed'; readonly failure?: string }

function actOf(atMs: number, about: Act, came: Came): IncidentEvent {
  const [at, hash] = [new Date(atMs).toISOString(), '0'.repeat(64)]
  const record = { ...about, at, zone: '+08:00', appliance: { name: 'Ward-3' }, input: {}, previous: hash, hash }
  return { kind: 'act', atMs, entry: { record, isWhole: true, came: { ...came, number: about.number + 1, at } } }
}

export function openReport(nowMs: number): IncidentReport {
  const [, alert] = activeAlerts(nowMs)
  if (alert === undefined) throw new Error('no such alert')
  const { sinceMs, firedMs } = alert
  return {
    ...{ alert, unit: 'celsius', demo: true, acts: 'runs-only', fromMs: sinceMs - 15 * minuteMs, untilMs: nowMs },
    events: [
      { kind: 'began', atMs: sinceMs },
      { kind: 'fired', atMs: firedMs },
      { kind: 'told', atMs: firedMs, why: 'fired', on: [] },
    ],
  }
}
