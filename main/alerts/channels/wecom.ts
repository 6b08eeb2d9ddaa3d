// The robot of a WeCom group (developer.work.weixin.qq.com/document/path/91770): a text of at most 2048 bytes.
import type { Send } from './channel.ts'
import { postToRobot, robotText } from './robot.ts'

export const sendWecom: Send<'wecom'> = (way, out, tools) => {
  const { origin = 'https://qyapi.weixin.qq.com', ca } = way
  const key = encodeURIComponent(tools.secrets.key?.reveal() ?? '')
  const body = { msgtype: 'text', text: { content: robotText(out, 2048) } }
  return postToRobot({ url: `${origin}/cgi-bin/webhook/send?key=${key}`, body, ca }, tools)
}
