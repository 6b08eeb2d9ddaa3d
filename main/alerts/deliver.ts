// One message on one channel, whichever it is.
import type { ChannelWay } from '../../shared/domain/alert-channel.ts'
import { evidence } from '../../shared/domain/failure.ts'
import type { Outgoing, SecretName, SendTools, Sent } from './channels/channel.ts'
import { sendDesktop } from './channels/desktop.ts'
import { sendDingtalk } from './channels/dingtalk.ts'
import { sendFeishu } from './channels/feishu.ts'
import { sendMail } from './channels/smtp.ts'
import { sendTrap } from './channels/snmp.ts'
import { sendSyslog } from './channels/syslog.ts'
import { sendWebhook } from './channels/webhook.ts'
import { sendWecom } from './channels/wecom.ts'

/** The secrets of a channel: under which id each is kept. */
export function secretIdsOf(way: ChannelWay): readonly (readonly [SecretName, string])[] {
  const ids: { readonly [N in SecretName]?: string | undefined } = (() => {
    switch (way.kind) {
      case 'smtp':
        return { password: way.credentialId }
      case 'webhook':
        return { token: way.keyId, hmac: way.hmacId }
      case 'wecom':
        return { key: way.keyId }
      case 'dingtalk':
      case 'feishu':
        return { key: way.keyId, sign: way.signId }
      case 'snmp':
        return { community: way.communityId }
      case 'syslog':
      case 'desktop':
        return {}
    }
  })()
  return (Object.entries(ids) as [SecretName, string | undefined][]).flatMap(([name, id]) =>
    id === undefined ? [] : [[name, id] as const],
  )
}

/** What comes back has no secret in it, whoever repeats one. */
export async function deliver(way: ChannelWay, out: Outgoing, tools: SendTools): Promise<Sent> {
  const sent = await sendBy(way, out, tools)
  if (sent.ok) return sent
  const secrets = Object.values(tools.secrets).map((one) => one.reveal())
  const forms = secrets.flatMap((one) => [one, encodeURIComponent(one), Buffer.from(one).toString('base64')])
  const detail = forms.reduce((text, one) => (one === '' ? text : text.replaceAll(one, '***')), sent.detail)
  return { ...sent, detail: evidence(detail, 250) }
}

function sendBy(way: ChannelWay, out: Outgoing, tools: SendTools): Promise<Sent> {
  switch (way.kind) {
    case 'smtp':
      return sendMail(way, out, tools)
    case 'webhook':
      return sendWebhook(way, out, tools)
    case 'wecom':
      return sendWecom(way, out, tools)
    case 'dingtalk':
      return sendDingtalk(way, out, tools)
    case 'feishu':
      return sendFeishu(way, out, tools)
    case 'syslog':
      return sendSyslog(way, out, tools)
    case 'snmp':
      return sendTrap(way, out, tools)
    case 'desktop':
      return sendDesktop(way, out, tools)
  }
}
