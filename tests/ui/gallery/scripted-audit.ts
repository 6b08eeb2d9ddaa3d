// An audit as scenes and tests show it: acts that went well, failed and have no end, one that was changed, and verdicts.
import type { AuditState } from '../../../shared/contract/audit.ts'
import type { AuditReport } from '../../../shared/domain/audit-report.ts'
import type { AuditEntry } from '../../../shared/domain/audit-search.ts'
import { answers, type Script } from './pretend-console.ts'
import { about } from './scripted.ts'

const hash = (number: number) => String(number).repeat(64).slice(0, 64)
const radiology = { name: 'Radiology-01', host: '10.20.4.11', port: 22, user: 'ops', machineId: '3f'.repeat(16) }

function entry(number: number, act: string, more: Partial<AuditEntry['record']> = {}): AuditEntry {
  const at = `2026-11-22T08:${String(number % 60).padStart(2, '0')}:30.000Z`
  const record = { number, at, zone: '+08:00', who: 'li', role: 'admin', act, input: {}, previous: hash(number - 1) }
  const came = { number, result: 'ok' as const, at: `2026-11-22T09:${String(number % 60).padStart(2, '0')}:02.000Z` }
  return { record: { ...record, hash: hash(number), ...more }, isWhole: true, came }
}

const apply = {
  ...{ appliance: radiology, planDigest: 'ab'.repeat(32) },
  input: {
    ...{ planId: 'plan-4f2a', target: { by: 'name', name: 'Radiology-01' }, allowRoot: [] },
    planFor: { act: 'set-up', what: 'ward-assistant', version: '1.2.0' },
  },
}

export const auditEntries: readonly AuditEntry[] = [
  entry(4412, 'plan-apply', apply),
  { ...entry(4410, 'secret-show', { who: 'wang', appliance: radiology }), isWhole: false },
  {
    ...entry(4405, 'bundle-import'),
    came: { number: 4405, result: 'failed', failure: 'bundle-incomplete', at: '2026-11-22T09:25:02.000Z' },
  },
  { record: entry(4401, 'terminal-open', { appliance: radiology, who: 'ward-admin-2' }).record, isWhole: true },
  entry(4399, 'demo-drill', {
    ...{ demo: true, appliance: { name: 'demo-ascend-8' } },
    input: { name: 'demo-ascend-8', drill: 'kill-runtime', on: true },
  }),
  entry(4398, 'alert-channel-set'),
]

export const auditStateNow: AuditState = {
  ...{ consoleId: '7c'.repeat(16), head: { number: 4412, hash: hash(4412), at: '2026-11-22T08:32:30.000Z' } },
  ...{ segments: 7, bytes: 9_400_000, exportedNumber: 4400 },
  settings: { retentionDays: 2192, exportFolder: '/mnt/witness/rackside' },
  lastCheckpoint: {
    ...{ kind: 'rackside-audit-checkpoint', format: 1, consoleId: '7c'.repeat(16), epoch: 7, number: 4400 },
    ...{ hash: hash(4400), at: '2026-11-22T08:20:00.000Z', publicKey: 'cd'.repeat(32), signature: 'ef'.repeat(64) },
  },
}

export const intactReport: AuditReport = {
  ...{ consoleId: '7c'.repeat(16), records: 4112, first: 301, last: 4412, lastHash: hash(4412) },
  ...{ lastAt: '2026-11-22T08:32:30.000Z', problems: [], notes: [{ kind: 'removed', file: '', number: 301 }] },
  ...{ checkpoints: { agree: 212, highest: 4400 }, endShownTo: 4400 },
}

export const brokenReport: AuditReport = {
  ...intactReport,
  problems: [
    { kind: 'record-changed', file: 'audit/000006.jsonl', number: 4410 },
    { kind: 'checkpoint-beyond', file: 'checkpoints.jsonl', number: 4460 },
  ],
  ...{ checkpoints: { agree: 0, highest: 0 }, endShownTo: null },
}

export const unprovenReport: AuditReport = {
  ...intactReport,
  ...{
    notes: [{ kind: 'no-checkpoint', file: '', number: 0 }],
    checkpoints: { agree: 0, highest: 0 },
    endShownTo: null,
  },
}

export function auditScript(report: AuditReport, more: Script['audit'] = {}): Script {
  const page = { entries: [...auditEntries], next: 4398 }
  return {
    window: about,
    audit: { state: answers(auditStateNow), search: answers(page), verify: answers(report), ...more },
  }
}
