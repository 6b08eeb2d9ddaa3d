// What the robots of WeCom, DingTalk and Feishu have in common: a text to an address that holds their key, and an answer
// whose status says nothing: the code in its body does.
import { type Outgoing, plainText, refusedWith, type SendTools, type Sent, withinDeadline } from './channel.ts'
import { postJson } from './http-post.ts'

type Message = {
  readonly url: string
  readonly body: unknown
  readonly ca: string | undefined
}

export function postToRobot(message: Message, tools: SendTools): Promise<Sent> {
  const { url, ca } = message
  return withinDeadline(tools, async (signal) => {
    const { status, body } = await postJson({ url, body: JSON.stringify(message.body), ca, signal })
    if (status !== 200) return refusedWith(`HTTP ${status}`)
    const { code, text } = answerOf(body)
    return code === 0 ? { ok: true } : refusedWith(`${code ?? 'no code'} ${text}`.trim())
  })
}

function answerOf(body: string): { code: number | undefined; text: string } {
  try {
    const answer = JSON.parse(body) as Record<string, unknown>
    const code = [answer['errcode'], answer['code'], answer['StatusCode']].find((one) => typeof one === 'number')
    const text = [answer['errmsg'], answer['msg']].find((one) => typeof one === 'string')
    return { code: code as number | undefined, text: String(text ?? '').slice(0, 200) }
  } catch {
    return { code: undefined, text: '' }
  }
}

/** They read marks in a text, "<at user_id=...>" and "<@all>": nobody is called by the name of an appliance. */
export function robotText(out: Outgoing, mostBytes: number): string {
  const text = plainText(out).replaceAll('<', '\uff1c').replaceAll('@', '\uff20')
  return cutToBytes(text, mostBytes)
}

/** Whole characters only. */
export function cutToBytes(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text
  let kept = ''
  let bytes = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > mostBytes - 3) break
    kept += character
  }
  return `${kept}…`
}
