// What is told at once is one message for people, and one for each subject where a machine files it.
import { describe, expect, it } from 'vitest'
import type { Alert } from '../../../../../shared/domain/alert.ts'
import type { AlertChannel } from '../../../../../shared/domain/alert-channel.ts'
import { messagesOf } from '../../../../../shared/observe/alerts/messages.ts'

const alertOf = (id: string, more: Partial<Alert> = {}): Alert => ({
  ...{ id, appliance: 'a', rule: 'device-lost', subject: id, severity: 'critical' },
  ...{ sinceMs: 0, firedMs: 0, seenMs: 0, value: 1, limit: 1, flaps: 0, told: {} },
  ...more,
})
const channelOf = (id: string, way: AlertChannel['way']): AlertChannel => ({
  ...{ id, atLeast: 'info', list: 'first', language: 'en', way },
})
const people = channelOf('people', { kind: 'desktop' })
const machine = channelOf('machine', { kind: 'syslog', host: 'log', port: 514, transport: 'udp' })

const told = (alerts: readonly Alert[], channels: readonly AlertChannel[]) =>
  messagesOf(alerts.map((alert) => ({ alert, kind: 'fired' as const, channels }))).map((one) => [
    one.channel.id,
    one.alert.id,
    ...one.others.map(({ id }) => id),
  ])

describe('alerts told at one moment', () => {
  const three = [alertOf('1'), alertOf('2'), alertOf('3')]

  it('are one message for people, and each its own for a machine', () => {
    expect(told(three, [people, machine])).toEqual([
      ['people', '1', '2', '3'],
      ['machine', '1'],
      ['machine', '2'],
      ['machine', '3'],
    ])
  })

  it.each<[string, Partial<Alert>]>([
    ['another appliance', { appliance: 'b' }],
    ['another rule', { rule: 'temperature' }],
    ['another severity', { severity: 'warning' }],
  ])('are told apart from those of %s', (_, more) => {
    expect(told([alertOf('1'), alertOf('2', more)], [people])).toEqual([
      ['people', '1'],
      ['people', '2'],
    ])
  })

  it('that are over are told apart from those that began', () => {
    const notices = (['fired', 'over'] as const).map((kind, at) => ({
      alert: alertOf(String(at)),
      kind,
      channels: [people],
    }))
    expect(messagesOf(notices)).toHaveLength(2)
  })
})
