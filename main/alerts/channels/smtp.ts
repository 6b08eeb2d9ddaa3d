// A mail. A login goes only over TLS, with a certificate that is trusted; headers and addresses are encoded by
// nodemailer, whose ways to read files and addresses are switched off.
import { rootCertificates } from 'node:tls'
import { createTransport } from 'nodemailer'
import { brokenBy, refusedWith, type Send, type Sent, withinDeadline } from './channel.ts'

export const sendMail: Send<'smtp'> = (way, out, tools) => {
  const { host, port, security, user, from, to, ca } = way
  const password = tools.secrets.password?.reveal()
  const transport = createTransport({
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(user !== undefined && password !== undefined && security !== 'none' && { auth: { user, pass: password } }),
    ...{ connectionTimeout: tools.deadlineMs, greetingTimeout: tools.deadlineMs, socketTimeout: tools.deadlineMs },
    tls: { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca: [...rootCertificates, ca] }) },
    ...{ disableFileAccess: true, disableUrlAccess: true, logger: false, name: domainOf(from) },
  })
  return withinDeadline(tools, async (signal) => {
    signal.addEventListener('abort', () => transport.close())
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
