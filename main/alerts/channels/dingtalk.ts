// The robot of a DingTalk group (open.dingtalk.com, "custom robot access"): with a signing secret the time and the secret
// are signed with the secret itself. Its keyword check is met by the name in front.
import { createHmac } from 'node:crypto'
import type { WayOf } from '../../../shared/domain/alert-channel.ts'
import type { Outgoing, Secrets, Send } from './channel.ts'
import { postToRobot, robotText } from './robot.ts'

export const sendDingtalk: Send<'dingtalk'> = (way, out, tools) => {
  const secret = tools.secrets.sign?.reveal()
  const signed = secret === undefined ? '' : signature(secret, tools.nowMs)
  const url = `${dingtalkUrl(way, tools.secrets)}${signed}`
  return postToRobot({ url, body: dingtalkBody(out), ca: way.ca }, tools)
}

/** Without a signature. */
export function dingtalkUrl({ origin = 'https://oapi.dingtalk.com' }: WayOf<'dingtalk'>, { key }: Secrets): string {
  return `${origin}/robot/send?access_token=${encodeURIComponent(key?.reveal() ?? '')}`
}

export function dingtalkBody(out: Outgoing): object {
  return { msgtype: 'text', text: { content: robotText(out, 15_000) } }
}

function signature(secret: string, nowMs: number): string {
  const sign = createHmac('sha256', secret).update(`${nowMs}\n${secret}`).digest('base64')
  return `&timestamp=${nowMs}&sign=${encodeURIComponent(sign)}`
}
