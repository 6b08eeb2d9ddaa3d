// The robot of a DingTalk group (open.dingtalk.com, "custom robot access"): with a signing secret the time and the secret
// are signed with the secret itself. Its keyword check is met by the name in front.
import { createHmac } from 'node:crypto'
import type { Send } from './channel.ts'
import { postToRobot, robotText } from './robot.ts'

export const sendDingtalk: Send<'dingtalk'> = (way, out, tools) => {
  const { origin = 'https://oapi.dingtalk.com', ca } = way
  const { key, sign } = tools.secrets
  const secret = sign?.reveal()
  const signed = secret === undefined ? '' : signature(secret, tools.nowMs)
  const url = `${origin}/robot/send?access_token=${encodeURIComponent(key?.reveal() ?? '')}${signed}`
  return postToRobot({ url, body: { msgtype: 'text', text: { content: robotText(out, 15_000) } }, ca }, tools)
}

function signature(secret: string, nowMs: number): string {
  const sign = createHmac('sha256', secret).update(`${nowMs}\n${secret}`).digest('base64')
  return `&timestamp=${nowMs}&sign=${encodeURIComponent(sign)}`
}
