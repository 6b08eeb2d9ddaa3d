// Alerts of a hospital for scenes and tests: some that need somebody, one that somebody is at, one that is silenced;
// channels of every way; rules as they come.
import type { AlertSettings, AlertsNow, ShownAlert } from '../../../shared/contract/alerts.ts'
import { usualAlertPolicy } from '../../../shared/domain/alert.ts'
import type { AlertChannel } from '../../../shared/domain/alert-channel.ts'
import { usualRules } from '../../../shared/observe/alerts/rules.ts'

const minuteMs = 60_000

function alertOf(more: Partial<ShownAlert> & Pick<ShownAlert, 'id' | 'rule'>, nowMs: number): ShownAlert {
  const usual = usualRules.find(({ id }) => id === more.rule)
  const sinceMs = more.sinceMs ?? nowMs - 12 * minuteMs
  return {
    ...{ appliance: '10.78.0.11:22', name: 'Radiology-01', subject: '', severity: usual?.severity ?? 'warning' },
    ...{ sinceMs, firedMs: sinceMs + minuteMs, seenMs: nowMs - 5000, value: 1, limit: usual?.fires ?? 1, flaps: 0 },
    ...{ told: { firstMs: sinceMs + minuteMs }, isQuiet: false },
    ...more,
  }
}

const ward = { appliance: '10.78.0.12:22', name: 'Ward-3' } as const
const lab = { appliance: '10.78.0.13:22', name: 'Pathology-02' } as const

export function activeAlerts(nowMs: number): ShownAlert[] {
  const ago = (minutes: number) => nowMs - minutes * minuteMs
  return [
    alertOf({ id: 'alert-1', rule: 'device-lost', subject: 'ascend 3', sinceMs: ago(14) }, nowMs),
    alertOf({ id: 'alert-2', rule: 'temperature', subject: 'ascend 5', value: 91, sinceMs: ago(47), flaps: 2 }, nowMs),
    alertOf(
      {
        ...ward,
        ...{ id: 'alert-3', rule: 'slow-first-token', subject: 'qwen3-32b', value: 7.4, sinceMs: ago(190) },
        acknowledged: { atMs: ago(160), by: 'ward-admin-2' },
      },
      nowMs,
    ),
    alertOf(
      {
        ...ward,
        id: 'alert-4',
        rule: 'disk-full-soon',
        subject: '/var/lib',
        value: 3.2,
        sinceMs: ago(2900),
        isQuiet: true,
      },
      nowMs,
    ),
    alertOf(
      {
        ...lab,
        ...{ id: 'alert-5', rule: 'no-data', value: 640, sinceMs: ago(11), clearing: true },
        told: { firstMs: ago(9), escalatedMs: ago(2) },
      },
      nowMs,
    ),
  ]
}

export function pastAlerts(nowMs: number): ShownAlert[] {
  const over = (hours: number, how: 'cleared' | 'gone' | 'unseen') => ({
    over: { atMs: nowMs - hours * 60 * minuteMs, how },
  })
  const since = (hours: number) => nowMs - hours * 60 * minuteMs
  return [
    alertOf(
      {
        id: 'past-1',
        rule: 'queue-growing',
        subject: 'qwen3-32b',
        value: 14,
        sinceMs: since(3.4),
        ...over(3, 'cleared'),
      },
      nowMs,
    ),
    alertOf(
      {
        ...ward,
        id: 'past-2',
        rule: 'runtime-down',
        subject: 'baichuan-m2-32b',
        sinceMs: since(30),
        ...over(29.2, 'cleared'),
      },
      nowMs,
    ),
    alertOf({ ...lab, id: 'past-3', rule: 'no-data', value: 86_000, sinceMs: since(75), ...over(50, 'unseen') }, nowMs),
    alertOf(
      { ...lab, id: 'past-4', rule: 'ecc-errors', subject: 'nvidia 2', sinceMs: since(90), ...over(80, 'gone') },
      nowMs,
    ),
  ]
}

const told = { atLeast: 'warning', list: 'first', language: 'zh-CN' } as const

export const channels: AlertChannel[] = [
  {
    ...told,
    id: 'it-mail',
    way: {
      ...{ kind: 'smtp', host: 'mail.hospital.example', port: 465, security: 'tls', from: 'rackside@hospital.example' },
      ...{ to: ['it@hospital.example', 'night@hospital.example'], user: 'rackside', credentialId: 'memory-1' },
    },
  },
  { ...told, id: 'ward-wecom', atLeast: 'critical', way: { kind: 'wecom', keyId: 'memory-2' } },
  { ...told, id: 'head-feishu', list: 'second', way: { kind: 'feishu', keyId: 'memory-3', signId: 'memory-4' } },
  {
    ...told,
    id: 'log',
    atLeast: 'info',
    language: 'en',
    way: { kind: 'syslog', host: '10.78.0.5', port: 514, transport: 'udp' },
  },
]

export function channelStates(nowMs: number): AlertsNow['channels'] {
  return [
    { channel: 'it-mail', lastSentMs: nowMs - 13 * minuteMs, waiting: 0, lost: 0 },
    {
      ...{ channel: 'ward-wecom', lastSentMs: nowMs - 26 * 60 * minuteMs, waiting: 2, lost: 1 },
      trouble: { problem: 'refused', detail: '93000 invalid webhook url', sinceMs: nowMs - 14 * minuteMs },
    },
    { channel: 'head-feishu', waiting: 0, lost: 0 },
    { channel: 'log', lastSentMs: nowMs - 2 * minuteMs, waiting: 0, lost: 0 },
  ]
}

export function quietTimes(nowMs: number): AlertsNow['quiets'] {
  const hour = 60 * minuteMs
  const { appliance, name } = ward
  return [
    {
      ...{ id: 'quiet-1', kind: 'silence', rule: 'disk-full-soon', appliance, name, by: 'ward-admin-2' },
      ...{ fromMs: nowMs - hour, untilMs: nowMs + 23 * hour, note: 'Disks are ordered, they come on Monday' },
    },
    {
      ...{ id: 'quiet-2', kind: 'maintenance', by: 'ward-admin-1', note: '' },
      ...{ fromMs: nowMs + 5 * hour, untilMs: nowMs + 9 * hour },
    },
  ]
}

export const usualSettings: AlertSettings = {
  channels: [...channels],
  policy: usualAlertPolicy,
  rules: usualRules.map(({ id, severity, unit, fires, forMs }) => ({
    ...{ rule: id, on: id !== 'clock-off', severity, unit, forSeconds: forMs / 1000 },
    ...(id === 'temperature' ? { limit: 80, isOwn: true } : { limit: fires, isOwn: id === 'clock-off' }),
  })),
}
