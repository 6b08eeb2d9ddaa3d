// A channel as a server itself can use it, with curl and sh and without this console: its address for a file that only root
// reads, its messages as text that a shell only prints. What has to be signed cannot be sent that way.
import type { CurlWay } from '../../shared/domain/alert-channel.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import {
  alertBodyWord,
  alertHostMark,
  alertMark,
  alertTookWord,
  alertVariables,
  recorderAlertAuthority,
} from '../../shared/domain/recorder.ts'
import type { Outgoing, Secrets } from './channels/channel.ts'
import { dingtalkBody, dingtalkUrl } from './channels/dingtalk.ts'
import { feishuBody, feishuUrl } from './channels/feishu.ts'
import { webhookBody, webhookUrl } from './channels/webhook.ts'
import { wecomBody, wecomUrl } from './channels/wecom.ts'

/** What the shell puts in: as it stands in a message, and the variable with its value. */
export function shellPart(name: string): string {
  return `RACKSIDE:${name.toUpperCase()}:HERE`
}
const variables = new Map(Object.entries(alertVariables).map(([name, variable]) => [shellPart(name), variable]))

/** Of a rule, and of how it is: `wrong`, or over because it is `well` or `gone`. */
export type ShellMessage = { readonly rule: string; readonly how: string; readonly out: Outgoing }

export function curlUrl(way: CurlWay, secrets: Secrets): string {
  switch (way.kind) {
    case 'webhook':
      return webhookUrl(way, secrets)
    case 'wecom':
      return wecomUrl(way, secrets)
    case 'dingtalk':
      return dingtalkUrl(way, secrets)
    case 'feishu':
      return feishuUrl(way, secrets)
  }
}

type Config = { readonly url: string; readonly mark: string; readonly host: string; readonly hasAuthority: boolean }

/** The file for `curl --config`. Its first two lines are comments, for whoever looks at the recorder. */
export function curlConfig({ url, mark, host, hasAuthority }: Config): string {
  return [
    `${alertMark}${mark}`,
    `${alertHostMark}${host}`,
    `url = ${inQuotes(url)}`,
    'globoff',
    'request = "POST"',
    'header = "content-type: application/json; charset=utf-8"',
    // Without it curl waits for leave to send what is longer than a kilobyte.
    'header = "expect:"',
    'proto = "=http,https"',
    'noproxy = "*"',
    'connect-timeout = 10',
    'max-time = 20',
    'silent',
    ...(hasAuthority ? [`cacert = ${inQuotes(recorderAlertAuthority)}`] : []),
    '',
  ].join('\n')
}

function inQuotes(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, (character) => `\\${character}`)}"`
}

/** sh that prints the body of a message, and sees by an answer whether it was taken. */
export function shellWords(kind: CurlWay['kind'], messages: readonly ShellMessage[]): string {
  const cases = messages.map(
    ({ rule, how, out }) => `${quoteWord(`${rule} ${how}`)}) printf '%s' ${printed(bodyText(kind, out))} ;;`,
  )
  return `${alertBodyWord}() {
case "$1 $2" in
${cases.join('\n')}
*) return 1 ;;
esac
}
${alertTookWord}() {
${tookText[kind]}
}
`
}

function bodyText(kind: CurlWay['kind'], out: Outgoing): string {
  switch (kind) {
    case 'webhook':
      return JSON.stringify(webhookBody(out, shellPart('at')))
    case 'wecom':
      return JSON.stringify(wecomBody(out))
    case 'dingtalk':
      return JSON.stringify(dingtalkBody(out))
    case 'feishu':
      return JSON.stringify(feishuBody(out))
  }
}

/** Words of printf: what is known here in single quotes, what the shell knows as its variable. */
function printed(text: string): string {
  const pieces = text.split(/(RACKSIDE:[A-Z]+:HERE)/)
  return pieces
    .map((piece) => {
      const variable = variables.get(piece)
      return variable === undefined ? quoteWord(piece) : `"$${variable}"`
    })
    .join(' ')
}

// Robots answer 200 whatever they think of a message: the code in their answer says it.
const robotTook = `[ "$2" = 200 ] && tr -d ' \\n\\r\\t' <"$1" | grep -Eq '[{,]"(errcode|code|StatusCode)":0[,}]'`
const tookText: Readonly<Record<CurlWay['kind'], string>> = {
  webhook: 'case $2 in 2??) ;; *) return 1 ;; esac',
  wecom: robotTook,
  dingtalk: robotTook,
  feishu: robotTook,
}
