// A POST of JSON to an address of the site. With a secret the body is signed, so that its receiver knows who says it.
import { createHmac } from 'node:crypto'
import { refusedWith, type Send, withinDeadline } from './channel.ts'
import { postJson } from './http-post.ts'

export const sendWebhook: Send<'webhook'> = (way, out, tools) => {
  const { token, hmac } = tools.secrets
  const url = way.url.replaceAll('{token}', () => encodeURIComponent(token?.reveal() ?? ''))
  const { id, kind, severity, atMs, title, lines, data } = out
  const body = JSON.stringify({
    ...{ id, kind, severity, at: new Date(atMs).toISOString(), title, lines, ...data },
  })
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
