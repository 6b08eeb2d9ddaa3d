// What happened at a hospital, for scenes and tests: one of each kind over three days, and a cable that was cut.
import { type Notification, type NotificationAbout, notification } from '../../../shared/domain/notification.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

const radiology = { name: 'Radiology-01', saved: true, demo: false }
const ward = { name: 'Ward-3', saved: true, demo: false }
const demo = { name: 'demo-1', saved: true, demo: true }
const acme = { id: 'acme', name: 'Acme Medical' }
const alert = { subject: '', severity: 'warning' as const, value: 1, limit: 1, sinceMs: 0 }

function noteAt(id: string, atMs: number, about: NotificationAbout): Notification {
  return notification.parse({ id, atMs, about })
}

function runOf(more: object): Extract<NotificationAbout, { kind: 'run' }>['run'] {
  return {
    ...{ planId: 'plan-0123456789abcdef', startedAt: '2026-11-28T08:00:00.000Z', state: 'done', verdict: 'healthy' },
    ...{ subject: { act: 'set-up', solution: 'clinic-note' } },
    ...more,
  } as Extract<NotificationAbout, { kind: 'run' }>['run']
}

/** `series`: of ids, for what is to be read apart from others. */
export function severalNotes(nowMs: number, series = 'n'): Notification[] {
  const ago = (hours: number) => nowMs - Math.round(hours * hourMs)
  const hot = { ...alert, rule: 'temperature' as const, subject: 'ascend 5', value: 91, limit: 85 }
  const failed = runOf({ state: 'failed', verdict: undefined, failure: { kind: 'vault-locked' } })
  return [
    noteAt(`${series}-1`, ago(0.1), { kind: 'alert', place: radiology, alert: { ...hot, severity: 'critical' } }),
    noteAt(`${series}-2`, ago(0.3), { kind: 'run', place: ward, run: failed, needsPerson: true }),
    noteAt(`${series}-3`, ago(0.4), { kind: 'channel', channel: 'ward-wecom', problem: 'refused' }),
    noteAt(`${series}-4`, ago(0.6), {
      ...{ kind: 'run-waits', place: ward, planId: 'plan-0123456789abcdee', waits: 'lock' },
      subject: { act: 'roll-back', deployment: 'ward-model', version: '2.1.0' },
    }),
    noteAt(`${series}-5`, ago(20), { kind: 'run', place: demo, run: runOf({}), needsPerson: false }),
    noteAt(`${series}-6`, ago(22), {
      kind: 'alert-over',
      place: radiology,
      alert: { ...hot, value: 70 },
      how: 'cleared',
    }),
    {
      ...noteAt(`${series}-7`, ago(23), {
        kind: 'alert',
        place: ward,
        alert: { ...alert, rule: 'no-data', value: 640 },
      }),
      isQuiet: true,
    },
    noteAt(`${series}-8`, ago(25), { kind: 'new-version', publisher: acme, line: 'clinic-note', version: 4 }),
    noteAt(`${series}-9`, ago(26), {
      ...{ kind: 'taken-back', publisher: acme },
      blocked: {
        ...{ entry: 'clinic-note', versions: ['1.2.0'], since: '2026-11-26' },
        reason: { en: 'It loses notes when the network fails.', 'zh-CN': '网络中断时会丢失记录。' },
      },
    }),
    noteAt(`${series}-10`, ago(50), {
      kind: 'acceptance',
      place: ward,
      acceptanceId: 'acceptance-0badcafe',
      verdict: 'open',
    }),
    noteAt(`${series}-11`, ago(51), {
      ...{ kind: 'canary', place: ward, canaryId: 'canary-0badcafe', deployment: 'ward-model', verdict: 'failed' },
      ...{ end: 'done', failed: 2, asked: 14 },
    }),
    noteAt(`${series}-12`, ago(52), {
      kind: 'alert',
      place: ward,
      alert: { ...alert, rule: 'certificate-ends', value: 12 },
    }),
  ]
}

export function burstOfNotes(nowMs: number): Notification[] {
  const names = ['Radiology-01', 'Ward-3', 'Pathology-02', 'Surgery-01', 'Emergency-04', 'Outpatient-02']
  const silent = names.map((name, at) =>
    noteAt(`b-${at}`, nowMs - (3 + at) * minuteMs, {
      ...{ kind: 'alert', place: { name, saved: true, demo: false } },
      alert: { ...alert, rule: 'no-data', severity: 'critical', value: 95 },
    }),
  )
  return [...silent, ...severalNotes(nowMs, 'burst').slice(4, 6)]
}
