// The robot of a Feishu group (open.feishu.cn, "custom bot guide"): with a signing secret nothing is signed, and the time
// and the secret are the key.
import { createHmac } from 'node:crypto'
import type { WayOf } from '../../../shared/domain/alert-channel.ts'
import type { Outgoing, Secrets, Send } from './channel.ts'
import { postToRobot, robotText } from './robot.ts'

export const sendFeishu: Send<'feishu'> = (way, out, tools) => {
  const { sign } = tools.secrets
  const seconds = String(Math.floor(tools.nowMs / 1000))
  const signed = sign && { timestamp: seconds, sign: signature(sign.reveal(), seconds) }
  const body = { ...signed, ...feishuBody(out) }
  return postToRobot({ url: feishuUrl(way, tools.secrets), body, ca: way.ca }, tools)
}

export function feishuUrl({ origin = 'https://open.feishu.cn' }: WayOf<'feishu'>, { key }: Secrets): string {
  return `${origin}/open-apis/bot/v2/hook/${encodeURIComponent(key?.reveal() ?? '')}`
}

/** Without a signature. */
export function feishuBody(out: Outgoing): object {
  return { msg_type: 'text', content: { text: robotText(out, 15_000) } }
}

function signature(secret: string, seconds: string): string {
  return createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64')
}
