// A POST of JSON to an address of the site. With a secret the body is signed, so that its receiver knows who says it.
import { createHmac } from 'node:crypto'
import type { WayOf } from '../../../shared/domain/alert-channel.ts'
import { type Outgoing, refusedWith, type Secrets, type Send, withinDeadline } from './channel.ts'
import { postJson } from './http-post.ts'

export const sendWebhook: Send<'webhook'> = (way, out, tools) => {
  const { hmac } = tools.secrets
  const url = webhookUrl(way, tools.secrets)
  const { id } = out
  const body = JSON.stringify(webhookBody(out, new Date(out.atMs).toISOString()))
  const signature = hmac && createHmac('sha256', hmac.reveal()).update(body).digest('hex')
  const headers = {
    'idempotency-key': id,
    ...(signature !== undefined && { 'x-rackside-signature': `sha256=${signature}` }),
  }
  return withinDeadline(tools, async (signal) => {
    const { status } = await postJson({ url, body, headers, ca: way.ca, signal })
    return status >= 200 && status < 300 ? { ok: true } : refusedWith(`HTTP ${status}`)
  })
}

export function webhookUrl({ url }: WayOf<'webhook'>, { token }: Secrets): string {
  return url.replaceAll('{token}', () => encodeURIComponent(token?.reveal() ?? ''))
}

/** `at`: the time of the message, in ISO 8601. */
export function webhookBody({ id, kind, severity, title, lines, data }: Outgoing, at: string): object {
  return { id, kind, severity, at, title, lines, ...data }
}
