// Which alerts are one message. Eight cards that are lost at once, or five services that went down together, are one thing
// for whoever is woken by it; a machine that files what it gets pairs a beginning with its end by the subject, and gets each.
import type { Alert, NoticeKind } from '../../domain/alert.ts'
import type { AlertChannel, ChannelKind } from '../../domain/alert-channel.ts'
import type { Notice } from './book.ts'

/** `others`: of the same appliance, rule, severity and kind, told at the same moment. */
export type Message = {
  readonly channel: AlertChannel
  readonly kind: NoticeKind
  readonly alert: Alert
  readonly others: readonly Alert[]
}

const isReadByPeople: { readonly [K in ChannelKind]: boolean } = {
  ...{ smtp: true, wecom: true, dingtalk: true, feishu: true, desktop: true },
  ...{ webhook: false, syslog: false, snmp: false },
}

/** In the order of the notices, each of which is in one message per channel. */
export function messagesOf(notices: readonly Notice[]): Message[] {
  const messages = new Map<string, Message>()
  for (const { alert, kind, channels } of notices) {
    for (const channel of channels) {
      const one = isReadByPeople[channel.way.kind] ? '' : alert.id
      const key = JSON.stringify([channel.id, alert.appliance, alert.rule, alert.severity, kind, one])
      const before = messages.get(key)
      messages.set(
        key,
        before === undefined ? { channel, kind, alert, others: [] } : { ...before, others: [...before.others, alert] },
      )
    }
  }
  return [...messages.values()]
}
