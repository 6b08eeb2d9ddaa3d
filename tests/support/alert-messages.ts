// Messages for the channels: a plain one, and one whose names try to be more than text.

import type { Outgoing, SendTools } from '../../main/alerts/channels/channel.ts'
import { Secret } from '../../shared/domain/command.ts'

export const outgoing: Outgoing = {
  ...{ id: 'alert-1-fired-1', kind: 'fired', severity: 'critical', isOver: false },
  atMs: Date.parse('2026-11-20T08:00:00Z'),
  title: '[critical] ward-a NVIDIA 3: accelerator is too hot',
  lines: ['NVIDIA 3: accelerator is too hot', 'Appliance: ward-a', '当前值：92 °C'],
  data: { rule: 'temperature', appliance: 'ward-a', subject: 'nvidia 3', value: 92, limit: 85 },
}

const evil = 'ward\r\nBcc: all@example.org\r\n\r\n.\r\nDATA "]\\ <at user_id="all"></at> <@all> @all \u0000\u001b[2J'

export const hostile: Outgoing = {
  ...outgoing,
  title: `[critical] ${evil}`,
  lines: [evil, '.', '..', 'RCPT TO:<all@example.org>'],
  data: { rule: 'temperature', appliance: evil, subject: evil },
}

export function sendTools(secrets: Readonly<Record<string, string>> = {}, more: Partial<SendTools> = {}): SendTools {
  return {
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, text]) => [name, new Secret(text)])),
    ...{ deadlineMs: 2000, nowMs: outgoing.atMs, computer: 'pc-12' },
    ...more,
  }
}
