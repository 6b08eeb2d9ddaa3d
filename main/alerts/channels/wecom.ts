// The robot of a WeCom group (developer.work.weixin.qq.com/document/path/91770): a text of at most 2048 bytes.
import type { WayOf } from '../../../shared/domain/alert-channel.ts'
import type { Outgoing, Secrets, Send } from './channel.ts'
import { postToRobot, robotText } from './robot.ts'

export const sendWecom: Send<'wecom'> = (way, out, tools) => {
  return postToRobot({ url: wecomUrl(way, tools.secrets), body: wecomBody(out), ca: way.ca }, tools)
}

export function wecomUrl({ origin = 'https://qyapi.weixin.qq.com' }: WayOf<'wecom'>, { key }: Secrets): string {
  return `${origin}/cgi-bin/webhook/send?key=${encodeURIComponent(key?.reveal() ?? '')}`
}

export function wecomBody(out: Outgoing): object {
  return { msgtype: 'text', text: { content: robotText(out, 2048) } }
}
