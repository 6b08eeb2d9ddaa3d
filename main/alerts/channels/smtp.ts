// A mail. A login goes only over TLS, with a certificate that is trusted; headers and addresses are encoded by
// nodemailer, whose ways to read files and addresses are switched off.
import { rootCertificates } from 'node:tls'
import type { WayOf } from '../../../shared/domain/alert-channel.ts'
import { brokenBy, refusedWith, type Send, type SendTools, type Sent, withinDeadline } from './channel.ts'

export const sendMail: Send<'smtp'> = (way, out, tools) =>
  withinDeadline(tools, async (signal) => {
    const transport = await transportTo(way, tools)
    signal.addEventListener('abort', () => transport.close())
    const { from, to } = way
    try {
      await transport.sendMail({
        ...{ from: { name: 'Rackside', address: from }, to: [...to], subject: out.title, text: out.lines.join('\n') },
        ...{ messageId: `<${out.id}@${domainOf(from)}>`, date: new Date(out.atMs) },
        ...{ headers: { 'Auto-Submitted': 'auto-generated' }, textEncoding: 'base64' as const },
      })
      return { ok: true }
    } catch (error) {
      return problemOf(error)
    }
  })

/** Loaded with the first mail: most commands send none. */
async function transportTo(way: WayOf<'smtp'>, { secrets, deadlineMs }: SendTools) {
  const { createTransport } = await import('nodemailer')
  const { host, port, security, user, from, ca } = way
  const password = secrets.password?.reveal()
  return createTransport({
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(user !== undefined && password !== undefined && security !== 'none' && { auth: { user, pass: password } }),
    ...{ connectionTimeout: deadlineMs, greetingTimeout: deadlineMs, socketTimeout: deadlineMs },
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca: [...rootCertificates, ca] }) },
    ...{ disableFileAccess: true, disableUrlAccess: true, logger: false, name: domainOf(from) },
  })
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}

/** A code of SMTP is the server's own refusal. What it says beside it may repeat what it was told. */
function problemOf(error: unknown): Sent {
  const { responseCode, code = '' } = error as { responseCode?: number; code?: string }
  if (responseCode !== undefined) return refusedWith(`SMTP ${responseCode}`)
  if (code === 'EAUTH' || code === 'EENVELOPE') return refusedWith(code)
  return code === 'ETLS' ? { ok: false, problem: 'not-trusted', detail: code } : brokenBy(error)
}
