// The robot of a Feishu group (open.feishu.cn, "custom bot guide"): with a signing secret nothing is signed, and the time
// and the secret are the key.
import { createHmac } from 'node:crypto'
import type { Send } from './channel.ts'
import { postToRobot, robotText } from './robot.ts'

export const sendFeishu: Send<'feishu'> = (way, out, tools) => {
  const { origin = 'https://open.feishu.cn', ca } = way
  const { key, sign } = tools.secrets
  const url = `${origin}/open-apis/bot/v2/hook/${encodeURIComponent(key?.reveal() ?? '')}`
  const seconds = String(Math.floor(tools.nowMs / 1000))
  const signed = sign && { timestamp: seconds, sign: signature(sign.reveal(), seconds) }
  const body = { ...signed, msg_type: 'text', content: { text: robotText(out, 15_000) } }
  return postToRobot({ url, body, ca }, tools)
}

function signature(secret: string, seconds: string): string {
  return createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64')
}
